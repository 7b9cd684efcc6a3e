package import Values

/// How long a server wants to be left alone.
package enum RetryAfter {
    /// Reads what `Retry-After` may say (RFC 9110, section 10.2.3) and what vendors say in its place or in headers of
    /// their own: seconds, with a fraction too; a date of HTTP or of RFC 3339; seconds or milliseconds since 1970.
    ///
    /// - Returns: nil for anything else; never less than nothing.
    package static func wait(_ text: String, now: Timestamp) -> Duration? {
        let words = text.split { $0 == " " || $0 == "\t" }
        guard let first = words.first else { return nil }
        if words.count == 1, let number = Duration(secondsText: "\(first)s") { return wait(number, now) }
        guard let until = HTTPDate.read(text, now: now) ?? Timestamp(String(first)) else { return nil }
        return max(.zero, until.since(now))
    }

    /// Nobody is told to wait for thirty years: so large a number is a time.
    private static func wait(_ number: Duration, _ now: Timestamp) -> Duration {
        guard number >= .seconds(1_000_000_000) else { return max(.zero, number) }
        let isMilliseconds = number >= .seconds(100_000_000_000)
        let sinceEpoch = isMilliseconds ? number / 1000 : number
        let epoch = Timestamp(seconds: 0)
        return max(.zero, sinceEpoch - (epoch.map { now.since($0) } ?? .zero))
    }
}
