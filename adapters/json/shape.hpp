#pragma once
#include <capnp/schema.h>

#include <bitset>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace braid::json {

/// The members of a `Sealed`, in the order of its shape: a box, or what is to be put into one.
enum SealedMember : std::uint8_t {
  sealed_key_id,
  sealed_nonce,
  sealed_box,
  sealed_clear,
  sealed_about
};

/// What may stand in one place of a message, as JSON writes it.
enum class Form : std::uint8_t {
  nothing,  ///< a union member that carries no value: `true`
  boolean,
  integer,
  pence,  ///< an integer; says so when somebody writes pounds
  date,
  month,
  instant,
  text,
  data,  ///< base64
  uuid,
  digest,  ///< 64 hexadecimal digits
  token,   ///< as a digest; who it stands for is secret, and so is what is mistaken for it
  word,    ///< of an enum
  list,
  object,
  sealed,  ///< an object of either a box or clear text to be sealed: keyId, nonce, box, clear,
           ///< about
  clear,   ///< the clear text of a `Sealed`
};

/// At most this many members of one struct: as many bits tell which of them were seen.
inline constexpr std::size_t max_members = 256;
using MemberSet = std::bitset<max_members>;

struct Shape;

struct Member {
  std::string name;
  const Shape* shape = nullptr;
  bool is_optional = false;  ///< may be left out
  bool is_in_union = false;  ///< exactly one of these is due, whether marked optional or not
};

/// One place of a message. A value of a `Shapes`, which owns what it points to.
struct Shape {
  Form form = Form::nothing;
  std::int64_t least = 0;              ///< integers
  std::uint64_t most = 0;              ///< integers
  std::uint32_t max_length = 0;        ///< bytes of text and data, members of lists
  std::string name;                    ///< of a struct or enum: "Strand"
  const Shape* element = nullptr;      ///< lists
  std::vector<std::string> words;      ///< enums, in order
  std::vector<Member> members;         ///< objects, in the schema's order
  std::vector<std::uint16_t> by_name;  ///< members, sorted by name
  MemberSet required;                  ///< members that must be said, whatever else is
  bool has_union = false;              ///< and one more is due

  bool is_object() const { return form == Form::object || form == Form::sealed; }
  /// Whether what stands here, or is mistaken for it, must not be shown in a problem.
  bool is_secret() const {
    return form == Form::token || form == Form::sealed || form == Form::clear;
  }
  /// The place of the member of that name, or -1. `guess` is looked at first: members mostly come
  /// in order.
  int find(std::string_view member, std::size_t guess) const;
  std::vector<std::string_view> union_names() const;
  std::vector<std::string_view> names() const;
};

/// The shapes of a struct type and of all that it holds, read from its schema once. Immutable: any
/// thread may use it. The schema holds no floating point, interfaces or untyped pointers, and no
/// struct has more than 256 members (checked).
class Shapes {
 public:
  explicit Shapes(capnp::StructSchema root);
  Shapes(const Shapes&) = delete;
  Shapes& operator=(const Shapes&) = delete;

  const Shape& root() const { return *root_; }

 private:
  const Shape* object_of(capnp::StructSchema schema);
  const Shape* field_of(capnp::StructSchema::Field field);
  const Shape* value_of(capnp::Type type, std::uint32_t max_length);
  Shape* add(Form form);

  std::deque<Shape> shapes_;                       // addresses stay
  std::map<std::uint64_t, const Shape*> objects_;  // by the struct's id
  const Shape* root_;
};

}  // namespace braid::json
