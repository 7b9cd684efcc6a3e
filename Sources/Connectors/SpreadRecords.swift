/// Takes some of the records that come by, evenly spread over them however many they turn out to be: all at first, and each time there
/// are too many, every second of them is dropped and only every second of the rest is taken.
struct SpreadRecords {
    /// The raw bytes of the records that are left.
    private(set) var records: [[UInt8]] = []
    private let most: Int
    private var size = 0
    private var stride = 1
    private var count = 0

    /// Large records are kept as long as they have room together, in bytes.
    private static let room = 32 << 20

    init(_ most: Int) { self.most = max(1, most) }

    /// Counts the record that comes next; whether it is wanted.
    mutating func wantsNext() -> Bool {
        count += 1
        return (count - 1) % stride == 0
    }

    mutating func take(_ raw: UnsafeRawBufferPointer) {
        while records.count >= most || size + raw.count > Self.room, records.count > 1 { thin() }
        // One that has no room even so is not looked at; and while thinning, the stride may have passed over this one.
        guard raw.count <= Self.room, records.count < most, (count - 1) % stride == 0 else { return }
        records.append(Array(raw))
        size += raw.count
    }

    private mutating func thin() {
        records = records.indices.filter { $0 % 2 == 0 }.map { records[$0] }
        size = records.reduce(0) { $0 + $1.count }
        stride = stride &* 2
    }
}
