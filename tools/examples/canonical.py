"""Cap'n Proto's canonical form, which Python's library does not write.

https://capnproto.org/encoding.html#canonicalization: one segment without its table, objects in pre-order, no zeros at
the end of a struct. It needs no schema: pointers say what they lead to.
"""
import struct

STRUCT, LIST = 0, 1
POINTERS, COMPOSITE = 6, 7  # sizes of a list's members
BITS = {0: 0, 1: 1, 2: 8, 3: 16, 4: 32, 5: 64, POINTERS: 64}
EMPTY_STRUCT = 0xFFFFFFFC  # a struct pointer that leads to itself: no words, no pointers


def canonical(segment):
    """The canonical bytes of a message of one segment (`builder.to_segments()[0]`)."""
    if len(segment) == 0 or len(segment) % 8 != 0:
        raise ValueError("a segment is a whole number of eight-byte words")
    copier = _Copier(struct.unpack(f"<{len(segment) // 8}Q", segment))
    copier.copy(0, copier.room(1))
    return struct.pack(f"<{len(copier.written)}Q", *copier.written)


class _Copier:
    def __init__(self, words):
        self.words = words
        self.written = []

    def room(self, count):
        """So many zero words at the end of what is written; where they begin."""
        begin = len(self.written)
        self.written.extend([0] * count)
        return begin

    def copy(self, at, to):
        """What the pointer at word `at` leads to, behind all that is written; and a pointer to it at word `to`."""
        pointer = self.words[at]
        if pointer == 0:
            return
        kind, target = pointer & 3, at + 1 + _offset(pointer)
        if kind == STRUCT:
            self.copy_struct(target, pointer >> 32 & 0xFFFF, pointer >> 48, to)
        elif kind == LIST and pointer >> 32 & 7 == COMPOSITE:
            self.copy_structs(target, to)
        elif kind == LIST:
            self.copy_list(target, pointer >> 32 & 7, pointer >> 35, to)
        else:
            raise ValueError("more than one segment, or a capability: build it with a larger first segment")

    def copy_struct(self, at, data, pointers, to):
        shape = self.needed(at, data, pointers)
        if shape == (0, 0):
            self.written[to] = EMPTY_STRUCT
            return
        begin = self.room(sum(shape))
        self.written[to] = _pointer(STRUCT, begin - to - 1, _shape(*shape))
        self.fill(at, data, begin, shape)

    def copy_structs(self, tag_at, to):
        """Members lie side by side behind a tag, all as large as the largest needs."""
        tag = self.words[tag_at]
        count, data, pointers = tag >> 2 & 0x3FFFFFFF, tag >> 32 & 0xFFFF, tag >> 48
        members = [tag_at + 1 + i * (data + pointers) for i in range(count)]
        needed = [self.needed(at, data, pointers) for at in members] or [(0, 0)]
        shape = tuple(map(max, zip(*needed)))
        begin = self.room(1 + count * sum(shape))
        self.written[to] = _pointer(LIST, begin - to - 1, COMPOSITE | count * sum(shape) << 3)
        self.written[begin] = _pointer(STRUCT, count, _shape(*shape))
        for i, at in enumerate(members):
            self.fill(at, data, begin + 1 + i * sum(shape), shape)

    def copy_list(self, at, size, count, to):
        words = (count * BITS[size] + 63) // 64
        begin = self.room(words)
        self.written[to] = _pointer(LIST, begin - to - 1, size | count << 3)
        if size == POINTERS:
            for i in range(count):
                self.copy(at + i, begin + i)
        else:
            self.written[begin : begin + words] = self.words[at : at + words]

    def fill(self, at, data, begin, shape):
        """The struct at `at`, of `data` words before its pointers, into the room of `shape` at `begin`."""
        self.written[begin : begin + shape[0]] = self.words[at : at + shape[0]]
        for i in range(shape[1]):
            self.copy(at + data + i, begin + shape[0] + i)

    def needed(self, at, data, pointers):
        """Words and pointers up to the last that is not zero."""
        return self.used(at, data), self.used(at + data, pointers)

    def used(self, at, count):
        while count > 0 and self.words[at + count - 1] == 0:
            count -= 1
        return count


def _offset(pointer):
    offset = pointer >> 2 & 0x3FFFFFFF
    return offset - (1 << 30) if offset >= 1 << 29 else offset


def _shape(data, pointers):
    return data | pointers << 16


def _pointer(kind, offset, upper):
    return kind | (offset & 0x3FFFFFFF) << 2 | upper << 32
