import Runner
import Values

/// What a field held before and holds after, for people. Of long texts that begin alike, what is shown begins where they
/// part: shortened at their ends both would look the same.
struct ShownChange {
    let before: String
    let after: String

    /// How many characters that both have are shown before the first that differs.
    private static let lead = 16

    init(_ before: Value, _ after: Value) {
        guard case .text(let old) = before, case .text(let new) = after, before.shown == after.shown else {
            (self.before, self.after) = (before.shown, after.shown)
            return
        }
        let common = zip(old.unicodeScalars, new.unicodeScalars).prefix { $0 == $1 }.count
        self.before = Self.shown(old, from: common)
        self.after = Self.shown(new, from: common)
    }

    private static func shown(_ text: String, from common: Int) -> String {
        let lead = String(String.UnicodeScalarView(text.unicodeScalars.prefix(common))).suffix(lead)
        let rest = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(common)))
        return Value.text("…" + lead + rest).shown
    }
}
