/// The names of an object's fields, in order, each once. Records of one kind share one list, so that a record costs no
/// more than its values: a reader makes the list once and every object that it makes points there.
package final class FieldNames: @unchecked Sendable {
    // Changed by an Object alone, and only while no other object points here: that is what makes sharing safe.
    private(set) var list: [String]
    private var index: [TextKey: Int]?

    /// A search runs along the names; from this many on, an index is kept.
    private static let indexedFrom = 24

    static let none = FieldNames(distinct: [])

    /// nil where a name stands twice.
    package convenience init?(_ names: [String]) {
        guard Set(names.map(TextKey.init)).count == names.count else { return nil }
        self.init(distinct: names)
    }

    /// Takes names that the caller knows to differ.
    init(distinct names: [String]) {
        list = names
        if names.count >= Self.indexedFrom { makeIndex() }
    }

    package var count: Int { list.count }

    /// Where a name stands.
    package func position(of name: String) -> Int? {
        if let index { return index[TextKey(name)] }
        for at in list.indices where list[at].hasSameBytes(as: name) { return at }
        return nil
    }

    func append(_ name: String) {
        list.append(name)
        if index != nil {
            index?[TextKey(name)] = list.count - 1
        } else if list.count >= Self.indexedFrom {
            makeIndex()
        }
    }

    func remove(at position: Int) {
        list.remove(at: position)
        index = nil
        if list.count >= Self.indexedFrom { makeIndex() }
    }

    private func makeIndex() {
        index = Dictionary(zip(list.map(TextKey.init), list.indices), uniquingKeysWith: { $1 })
    }
}
