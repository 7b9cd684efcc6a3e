import Diagnostics
import Values
import YAML

/// A way to pair records as it was written.
struct MatchDraft {
    var arrow: Arrow
    var ignoresCase: Bool?
    var type: Placed<ValueType>?

    init?(_ entry: ArrowEntry, _ arrows: ArrowReading, _ findings: inout Findings) {
        guard let arrow = arrows.arrow(entry, in: &findings) else { return nil }
        self.arrow = arrow
        ignoresCase = arrows.reading.bool(entry.options?["ignore_case"])
        type = arrows.reading.choice(entry.options?["type"])
    }
}
