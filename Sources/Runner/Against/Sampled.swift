/// How many of something there are, and the first of them.
package struct Sampled<Item: Sendable>: Sendable {
    package private(set) var count = 0
    package private(set) var sample: [Item] = []

    /// So many are shown of each.
    package static var size: Int { 5 }

    package init() {}

    package init(_ items: some Sequence<Item>) {
        for item in items { add(item) }
    }

    mutating func add(_ item: @autoclosure () -> Item) {
        count += 1
        if sample.count < Self.size { sample.append(item()) }
    }

    package var isEmpty: Bool { count == 0 }
}
