internal import Glibc

/// The sequences of names that objects have had so far, as a tree: the child of a node is the name that followed. Records of one
/// kind walk down the same way, so a name costs one comparison of bytes and no string, a name that stands twice is found once
/// for each new way, and all objects that end at a node share its ``FieldNames``.
///
/// The tree is bounded, since an object may have any names (`{"7f3a…": …}`): past a bound an object is made name by name.
struct JSONShapes: ~Copyable {
    /// Stands for the object that has no names yet.
    static let root: Int32 = 0
    static let none: Int32 = -1

    private static let mostNodes = 4096
    private static let mostChildren = 16
    private static let deepest: Int32 = 256

    private struct Node {
        /// The bytes of the name, owned by the node.
        var name: UnsafeMutablePointer<UInt8>
        var count: Int
        var parent: Int32
        var depth: Int32
        var firstChild = none
        var sibling = none
        /// The child that was taken last.
        var usual = none
        var fields: FieldNames?
    }

    private let nodes: UnsafeMutablePointer<Node>
    private var count = 1

    init() {
        nodes = .allocate(capacity: Self.mostNodes)
        nodes.initialize(to: Node(name: .allocate(capacity: 1), count: 0, parent: Self.none, depth: 0))
    }

    deinit {
        for at in 0..<count { nodes[at].name.deallocate() }
        nodes.deinitialize(count: count)
        nodes.deallocate()
    }

    /// The child that was taken last, if its name and then a quote stand at `start`; and the length of the name.
    @inline(__always)
    func usualChild(
        of parent: Int32, at start: UnsafePointer<UInt8>, room: Int
    ) -> (node: Int32, count: Int)? {
        let child = nodes[Int(parent)].usual
        guard child != Self.none else { return nil }
        let count = nodes[Int(child)].count
        guard count < room, start[count] == UInt8(ascii: "\""),
            memcmp(nodes[Int(child)].name, start, count) == 0
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
        var child = nodes[Int(parent)].firstChild
        var children = 0
        while child != Self.none {
            if isName(child, name) {
                nodes[Int(parent)].usual = child
                return .child(child)
            }
            children += 1
            child = nodes[Int(child)].sibling
        }
        var above = parent
        while above != Self.root {
            if isName(above, name) { return .duplicate }
            above = nodes[Int(above)].parent
        }
        guard children < Self.mostChildren, count < Self.mostNodes, nodes[Int(parent)].depth < Self.deepest else {
            return .full
        }
        return .child(add(name, to: parent))
    }

    private mutating func add(_ name: UnsafeBufferPointer<UInt8>, to parent: Int32) -> Int32 {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: max(name.count, 1))
        for at in 0..<name.count { bytes[at] = name[at] }
        let added = Int32(count)
        var node = Node(name: bytes, count: name.count, parent: parent, depth: nodes[Int(parent)].depth + 1)
        node.sibling = nodes[Int(parent)].firstChild
        (nodes + count).initialize(to: node)
        count += 1
        nodes[Int(parent)].firstChild = added
        nodes[Int(parent)].usual = added
        return added
    }

    private func isName(_ node: Int32, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let own = UnsafeBufferPointer(start: nodes[Int(node)].name, count: nodes[Int(node)].count)
        return own.count == name.count && own.order(before: name) == 0
    }

    /// The names from the root to a node.
    @inline(__always)
    func fields(at node: Int32) -> FieldNames {
        if let fields = nodes[Int(node)].fields { return fields }
        return makeFields(node)
    }

    private func makeFields(_ node: Int32) -> FieldNames {
        var names: [String] = []
        var above = node
        while above != Self.root {
            let name = UnsafeBufferPointer(start: nodes[Int(above)].name, count: nodes[Int(above)].count)
            names.append(String(decoding: name, as: UTF8.self))
            above = nodes[Int(above)].parent
        }
        names.reverse()
        let fields = FieldNames(distinct: names)
        nodes[Int(node)].fields = fields
        return fields
    }
}
