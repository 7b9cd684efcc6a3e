/// Things that wait for their turn, by numbers that rise within each of a few stretches: the writes of one side, then of the other.
/// Turns come mostly in the same order, so that no search is needed.
struct Awaited<Item> {
    private var numbers: [Int] = []
    private var items: [Item?] = []
    private var expected = 0
    /// Where each stretch begins.
    private var stretches = [0]

    /// How many turns have not come.
    private(set) var openCount = 0
    /// Those whose turn has not come.
    var open: [Item] { items.compactMap { $0 } }

    /// Adds an item; no other has its number.
    mutating func add(_ item: Item, _ number: Int) {
        if let last = numbers.last, number < last { stretches.append(numbers.count) }
        numbers.append(number)
        items.append(item)
        openCount += 1
    }

    /// The item of a number, which goes on waiting.
    func look(_ number: Int) -> Item? {
        if expected < numbers.count, numbers[expected] == number { return items[expected] }
        return position(of: number).flatMap { items[$0] }
    }

    /// The item of a number, once.
    mutating func take(_ number: Int) -> Item? {
        if expected >= numbers.count || numbers[expected] != number {
            guard let at = position(of: number) else { return nil }
            expected = at
        }
        if items[expected] != nil { openCount -= 1 }
        defer {
            items[expected] = nil
            expected += 1
        }
        return items[expected]
    }

    private func position(of number: Int) -> Int? {
        for (at, start) in stretches.enumerated().reversed() {
            var low = start
            var high = at + 1 < stretches.count ? stretches[at + 1] : numbers.count
            let end = high
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            if low < end, numbers[low] == number { return low }
        }
        return nil
    }
}
