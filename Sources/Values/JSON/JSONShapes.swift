internal import Glibc

/// The sequences of names that objects have had so far, as a tree: the child of a node is the name that followed.
/// Records of one kind walk down the same way, so a name costs one comparison of bytes and no string, a name that
/// stands twice is found once for each new way, and all objects that end at a node share its ``FieldNames``.
///
/// The tree is bounded, since an object may have any names (`{"7f3a…": …}`): past a bound an object is made name by
/// name.
struct JSONShapes: ~Copyable {
    /// Stands for the object that has no names yet.
    static let root: Int32 = 0
    static let none: Int32 = -1

    private static let mostNodes = 4096
    private static let mostChildren = 16
    private static let deepest: Int32 = 256

    // Not private: with some groupings of files the debug compiler (6.3.1) then fails to link a file to its metadata.
    struct Node {
        /// Where the bytes of the name begin, and how many they are.
        var start: Int
        var count: Int
        var parent: Int32
        var depth: Int32
        var firstChild = none
        var sibling = none
        /// The child that was taken last.
        var usual = none
        var fields: FieldNames?
    }

    private var nodes = GrowingBuffer<Node>(capacity: 0)
    private var names = GrowingBuffer<UInt8>(capacity: 0)

    init() {}

    /// Makes the root, before the first object.
    @inline(__always)
    mutating func begin() {
        if nodes.count == 0 { nodes.append(Node(start: 0, count: 0, parent: Self.none, depth: 0)) }
    }

    /// The child that was taken last, if its name and then a quote stand at `start`; and the length of the name.
    @inline(__always)
    func usualChild(
        of parent: Int32, at start: UnsafePointer<UInt8>, room: Int
    ) -> (node: Int32, count: Int)? {
        let child = nodes[parent].usual
        guard child != Self.none else { return nil }
        let count = nodes[child].count
        guard count < room, start[count] == UInt8(ascii: "\""),
            memcmp(names.start + nodes[child].start, start, count) == 0
        else { return nil }
        return (child, count)
    }

    enum Step {
        case child(Int32)
        case duplicate
        /// A bound is reached.
        case full
    }

    /// The child of a name, made where there is none yet.
    mutating func child(of parent: Int32, _ name: UnsafeBufferPointer<UInt8>) -> Step {
        var child = nodes[parent].firstChild
        var children = 0
        while child != Self.none {
            if isName(child, name) {
                nodes[parent].usual = child
                return .child(child)
            }
            children += 1
            child = nodes[child].sibling
        }
        var above = parent
        while above != Self.root {
            if isName(above, name) { return .duplicate }
            above = nodes[above].parent
        }
        guard children < Self.mostChildren, nodes.count < Self.mostNodes, nodes[parent].depth < Self.deepest else {
            return .full
        }
        return .child(add(name, to: parent))
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, to parent: Int32) -> Int32 {
        let added = Int32(nodes.count)
        var node = Node(start: names.count, count: name.count, parent: parent, depth: nodes[parent].depth + 1)
        node.sibling = nodes[parent].firstChild
        nodes.append(node)
        for byte in name { names.append(byte) }
        nodes[parent].firstChild = added
        nodes[parent].usual = added
        return added
    }

    private func isName(_ node: Int32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let own = bytes(node)
        return own.count == name.count && own.order(before: name) == 0
    }

    private func bytes(_ node: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: names.start + nodes[node].start, count: nodes[node].count)
    }

    /// The names from the root to a node.
    @inline(__always)
    mutating func fields(at node: Int32) -> FieldNames {
        if let fields = nodes[node].fields { return fields }
        return makeFields(node)
    }

    private mutating func makeFields(_ node: Int32) -> FieldNames {
        var names: [String] = []
        var above = node
        while above != Self.root {
            names.append(String(decoding: bytes(above), as: UTF8.self))
            above = nodes[above].parent
        }
        names.reverse()
        let fields = FieldNames(distinct: names)
        nodes[node].fields = fields
        return fields
    }
}
