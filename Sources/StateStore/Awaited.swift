/// Things that wait for their turn, by rising numbers. Turns come mostly in the same order, so that no search is needed.
struct Awaited<Item> {
    private var numbers: [Int] = []
    private var items: [Item?] = []
    private var expected = 0

    /// Those whose turn has not come.
    var open: [Item] { items.compactMap { $0 } }

    /// Adds an item; its number is greater than all before it.
    mutating func add(_ item: Item, _ number: Int) {
        numbers.append(number)
        items.append(item)
    }

    /// The item of a number, once.
    mutating func take(_ number: Int) -> Item? {
        if expected >= numbers.count || numbers[expected] != number {
            guard let at = position(of: number) else { return nil }
            expected = at
        }
        defer {
            items[expected] = nil
            expected += 1
        }
        return items[expected]
    }

    private func position(of number: Int) -> Int? {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number ? low : nil
    }
}
