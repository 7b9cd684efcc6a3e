import Values

/// How far starts are put off, so that syncs of one schedule do not all start at once.
///
/// How far follows from a sync's name and its slot alone: it needs no state, and what was foretold is what happens.
package struct Jitter: Sendable, Hashable {
    /// No start is put off by as much.
    package let length: Interval
    /// Whose starts they are, such as `helpdesk/tickets`.
    package let name: String

    package init(_ length: Interval, of name: String) {
        self.length = length
        self.name = name
    }

    /// How far the start for a slot is put off: whole seconds, fewer than the length.
    ///
    /// - Parameter room: the seconds until the next slot, which no start for this one reaches.
    func delay(of slot: Timestamp, room: Int64?) -> Duration {
        let most = min(length.seconds, room ?? length.seconds)
        guard most > 0 else { return .zero }
        return .seconds(Int64(part(of: slot).multipliedFullWidth(by: UInt64(most)).high))
    }

    /// A part of 2^64, the same in each process: FNV-1a of the name and the slot, mixed as SplitMix64 mixes, for the
    /// upper bits of FNV hardly know of the last bytes.
    private func part(of slot: Timestamp) -> UInt64 {
        var part: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(name.utf8) + [0] + Array(String(slot.seconds).utf8) {
            part = (part ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        part = (part ^ part >> 30) &* 0xBF58_476D_1CE4_E5B9
        part = (part ^ part >> 27) &* 0x94D0_49BB_1331_11EB
        return part ^ part >> 31
    }
}
