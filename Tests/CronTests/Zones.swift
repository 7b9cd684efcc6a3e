import Foundation
import Testing
import Values

/// The system's time zones, where it has them.
enum SystemZones {
    static let areThere = FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/Europe/London")

    static func rules(_ name: String) throws -> TimeZoneRules {
        let data = try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)"), "no zone \(name)")
        return try TimeZoneRules(name: name, tzif: Array(data))
    }
}

/// An instant of a test, as RFC 3339 has it.
func instant(_ text: String) throws -> Timestamp {
    try #require(Timestamp(text), "\(text)")
}

/// Sebastiano Vigna's generator: the same numbers from the same seed.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
