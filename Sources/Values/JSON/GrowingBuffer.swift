/// Elements in memory that doubles when it is full: an array without copy on write, for a reader's inner loop.
struct GrowingBuffer<Element>: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(capacity: capacity)
    }

    deinit {
        start.deinitialize(count: count)
        start.deallocate()
    }

    /// The caller knows that the position is one.
    @inline(__always)
    subscript(position: Int32) -> Element {
        _read { yield start[Int(position)] }
        nonmutating _modify { yield &start[Int(position)] }
    }

    @inline(__always)
    mutating func append(_ element: consuming Element) {
        if count == capacity { grow() }
        (start + count).initialize(to: element)
        count &+= 1
    }

    private mutating func grow() {
        let larger = max(16, capacity * 2)
        let target = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        target.moveInitialize(from: start, count: count)
        start.deallocate()
        start = target
        capacity = larger
    }

    mutating func removeAll() {
        start.deinitialize(count: count)
        count = 0
    }

    /// Moves the elements from a position on into an array.
    @inline(__always)
    mutating func take(from first: Int) -> [Element] {
        let taken = count &- first
        if taken == 0 { return [] }
        let source = start + first
        count = first
        return [Element](unsafeUninitializedCapacity: taken) { target, used in
            target.baseAddress?.moveInitialize(from: source, count: taken)
            used = taken
        }
    }
}
