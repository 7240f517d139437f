// Linked into what is built under the thread sanitizer, and into nothing else. The sanitizer knows
// of threads and locks of pthreads alone: a thread that librdkafka begins by C11's thrd_create
// crashes at its first step, and its locks order nothing. Here C11's are made of pthreads', as glibc
// makes them itself (its nptl/thrd_create.c, mtx_lock.c and others).
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <new>

namespace {

static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t) && sizeof(cnd_t) >= sizeof(pthread_cond_t));

pthread_mutex_t* mutex_in(mtx_t* lock) { return reinterpret_cast<pthread_mutex_t*>(lock); }
pthread_cond_t* condition_in(cnd_t* condition) {
  return reinterpret_cast<pthread_cond_t*>(condition);
}

int outcome_of(int error) {
  switch (error) {
    case 0: return thrd_success;
    case EBUSY: return thrd_busy;
    case ENOMEM: return thrd_nomem;
    case ETIMEDOUT: return thrd_timedout;
    default: return thrd_error;
  }
}

struct Begun {
  thrd_start_t work;
  void* argument;
};

void* begin(void* given) {
  const Begun begun = *static_cast<Begun*>(given);
  delete static_cast<Begun*>(given);
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(begun.work(begun.argument)));
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t work, void* argument) {
  auto* begun = new (std::nothrow) Begun{work, argument};
  if (begun == nullptr) return thrd_nomem;
  const int error = pthread_create(thread, nullptr, begin, begun);
  if (error != 0) delete begun;
  return outcome_of(error);
}

int thrd_join(thrd_t thread, int* result) {
  void* returned = nullptr;
  const int error = pthread_join(thread, &returned);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(returned));
  return outcome_of(error);
}

int mtx_init(mtx_t* lock, int type) noexcept {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  if ((type & mtx_recursive) != 0)
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  const int error = pthread_mutex_init(mutex_in(lock), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return outcome_of(error);
}
int mtx_lock(mtx_t* lock) { return outcome_of(pthread_mutex_lock(mutex_in(lock))); }
int mtx_unlock(mtx_t* lock) noexcept { return outcome_of(pthread_mutex_unlock(mutex_in(lock))); }
void mtx_destroy(mtx_t* lock) noexcept { pthread_mutex_destroy(mutex_in(lock)); }

int cnd_init(cnd_t* condition) noexcept {
  return outcome_of(pthread_cond_init(condition_in(condition), nullptr));
}
int cnd_signal(cnd_t* condition) noexcept {
  return outcome_of(pthread_cond_signal(condition_in(condition)));
}
int cnd_broadcast(cnd_t* condition) noexcept {
  return outcome_of(pthread_cond_broadcast(condition_in(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* lock) {
  return outcome_of(pthread_cond_wait(condition_in(condition), mutex_in(lock)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* lock, const timespec* until) {
  return outcome_of(pthread_cond_timedwait(condition_in(condition), mutex_in(lock), until));
}
void cnd_destroy(cnd_t* condition) noexcept { pthread_cond_destroy(condition_in(condition)); }

}  // extern "C"
