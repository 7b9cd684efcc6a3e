import Foundation

/// The median time in seconds of nine runs, after one that does not count.
func median(_ body: () throws -> Void) rethrows -> Double {
    try body()
    var times: [Double] = []
    for _ in 0..<9 {
        let clock = ContinuousClock()
        let start = clock.now
        try body()
        let took = clock.now - start
        times.append(Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
    }
    return times.sorted()[times.count / 2]
}

/// Keeps the compiler from leaving out what made the value.
@inline(never)
func consume<T>(_ value: T) {}

func column(_ number: Double) -> String { String(format: "%10.0f", number) }

func megabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e6) }

func forEachLine(_ bytes: UnsafeRawBufferPointer, _ body: (Range<Int>) throws -> Void) rethrows {
    var start = 0
    while start < bytes.count {
        let found = memchr(bytes.baseAddress! + start, 0x0A, bytes.count - start)
        let end = found.map { UnsafeRawPointer($0) - bytes.baseAddress! } ?? bytes.count
        try body(start..<end)
        start = end + 1
    }
}
