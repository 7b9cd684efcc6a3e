import Model
import Reconcile
import TestKit
import Testing
import Values

/// A two-way field, the values that a person may give it on the left, and what they mean.
private struct RoundTrip: CustomTestStringConvertible, Sendable {
    var options: String
    var type: ValueType?
    var format: String?
    var forms: Sides<ValueForm>
    /// A value as the left keeps it.
    var value: @Sendable (inout SplitMix64, ValueForm) -> Value

    var testDescription: String { "\(options), \(forms.left) to \(forms.right)" }

    func meaning(_ value: Value) throws -> Value {
        try type?.convert(value, format: format.map(DateFormat.init)) ?? value
    }

    static let all: [RoundTrip] = [(ValueForm.text, ValueForm.text), (.text, .json), (.json, .text), (.json, .json)]
        .flatMap {
            left, right in
            [
                ("{}", nil, nil, left == .json && right == .json ? anything : text),
                ("{type: text}", .text, nil, text), ("{type: int}", .int, nil, int),
                ("{type: decimal}", .decimal, nil, decimal),
                ("{type: bool}", .bool, nil, bool), ("{type: date}", .date, nil, date(nil)),
                ("{type: date, format: '%d.%m.%Y'}", .date, "%d.%m.%Y", date("%d.%m.%Y")),
                ("{type: timestamp}", .timestamp, nil, timestamp(nil)),
                ("{type: timestamp, format: '%Y%m%d%H%M%S'}", .timestamp, "%Y%m%d%H%M%S", timestamp("%Y%m%d%H%M%S")),
                ("{values: {\(table)}}", nil, nil, word), ("{link: companies}", nil, nil, word),
            ].map { RoundTrip(options: $0, type: $1, format: $2, forms: Sides(left: left, right: right), value: $3) }
        }

    static let words = (0..<50).map { "w\($0) ü" }
    static let table = words.map { "\($0): \($0.uppercased())!" }.joined(separator: ", ")
}

// What people may write.
extension RoundTrip {
    private typealias Source = @Sendable (inout SplitMix64, ValueForm) -> Value

    private static let text: Source = { random, _ in .text(randomText(&random)) }

    private static let word: Source = { random, _ in .text(random.pick(words)) }

    private static let anything: Source = { random, _ in
        func value(_ depth: Int) -> Value {
            switch random.below(depth > 2 ? 5 : 7) {
            case 0: .null
            case 1: .bool(random.below(2) == 0)
            case 2: (try? JSON.parse(Array(integer(&random).utf8))) ?? .null
            case 3: (try? JSON.parse(Array(fraction(&random).utf8))) ?? .null
            case 4: .text(randomText(&random))
            case 5: .list((0..<random.below(4)).map { _ in value(depth + 1) })
            default: .object(Object((0..<random.below(4)).map { ("k\($0)", value(depth + 1)) }))
            }
        }
        return value(0)
    }

    private static let int: Source = { random, form in
        let digits = integer(&random)
        guard form == .json, random.below(2) == 0 else { return .text(random.below(4) == 0 ? padded(digits) : digits) }
        return (try? JSON.parse(Array(digits.utf8))) ?? .null
    }

    private static let decimal: Source = { random, form in
        let digits = random.below(3) == 0 ? integer(&random) : fraction(&random)
        return form == .text ? .text(digits) : (try? JSON.parse(Array(digits.utf8))) ?? .null
    }

    private static let bool: Source = { random, form in
        form == .json && random.below(2) == 0
            ? .bool(random.below(2) == 0) : .text(random.pick(["true", "false", "TRUE", "False", "1", "0"]))
    }

    private static func date(_ format: String?) -> Source {
        { random, _ in
            let day = randomInstant(&random).description.prefix(10)
            let date = Value.date(CalendarDate(String(day))!)
            return .text(ValueType.date.spell(date, format: format.flatMap { try? DateFormat($0) }))
        }
    }

    private static func timestamp(_ format: String?) -> Source {
        { random, _ in
            let instant = Value.timestamp(randomInstant(&random, isWhole: format != nil))
            return .text(ValueType.timestamp.spell(instant, format: format.flatMap { try? DateFormat($0) }))
        }
    }

    private static func randomText(_ random: inout SplitMix64) -> String {
        let pieces = [
            "a", "Z", " ", "ü", "\u{75}\u{308}", "日", "👩‍👩‍👧", "\u{202e}", "\"", "\\", "\n", "\t", ",", ";", "'", "0", "-",
            "null", "é",
        ]
        return (0..<random.below(12)).map { _ in random.pick(pieces) }.joined()
    }

    private static func integer(_ random: inout SplitMix64) -> String {
        let sign = random.below(2) == 0 ? "-" : ""
        switch random.below(4) {
        case 0: return String(random.below(10))
        case 1: return sign + "1" + String(random.next())
        case 2: return sign + "9" + (0..<random.below(40)).map { _ in String(random.below(10)) }.joined()
        default: return String(Int64(bitPattern: random.next()))
        }
    }

    private static func padded(_ digits: String) -> String {
        digits.hasPrefix("-") ? "-00" + digits.dropFirst() : "00" + digits
    }

    private static func fraction(_ random: inout SplitMix64) -> String {
        let whole = integer(&random)
        let digits = (0...random.below(20)).map { _ in String(random.below(10)) }.joined()
        return "\(whole).\(digits)" + random.pick(["", "", "", "e5", "E-12"])
    }

    /// From the year 1 to 9999.
    private static func randomInstant(_ random: inout SplitMix64, isWhole: Bool = false) -> Timestamp {
        let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
        return Timestamp(seconds: seconds, nanoseconds: isWhole ? 0 : Int32(random.below(1_000_000_000)))!
    }
}

/// What goes over to the other side and is read there comes back as what it was.
struct RoundTripTests {
    @Test("a value that goes over and comes back means what it meant", arguments: RoundTrip.all)
    fileprivate func roundTrip(_ trip: RoundTrip) throws {
        var random = SplitMix64(seed: 20)
        var count = 0
        var sketch = try Sketch("fields: [{a <-> b: \(trip.options)}]\ncreates: both")
        sketch.forms = trip.forms
        sketch.companies = RoundTrip.words.map { "\($0)=\($0.uppercased())" }
        for _ in 0..<20 {
            let given = (0..<50).map { _ in trip.value(&random, trip.forms.left) }
            var there = try sketch.situation()
            there.records.left = given.enumerated().map { number, value in
                Record(id: RecordID(key: "\(number + 1)"), object: ["id": .text("\(number + 1)"), "a": value])
            }
            try run(&there, sketch)
            var back = try sketch.situation()
            back.records.right = there.records.right
            try run(&back, sketch)
            let returned = back.records.left.map { $0.object["a"] ?? .null }
            try #require(returned.count == given.count)
            for (before, after) in zip(given, returned) {
                let meant = try (before: trip.meaning(before), after: trip.meaning(after))
                #expect(
                    meant.before.means(meant.after) || (before.isEmpty && after.isEmpty),
                    "\(before) came back as \(after)")
                count += 1
            }
        }
        figure("round trips of a value", count)
    }

    /// Plans and carries out; nothing may be held.
    private func run(_ situation: inout Situation, _ sketch: Sketch) throws {
        let plan = Planner.plan(try situation.inputs(of: sketch, trusts: true))
        #expect(plan.holds.isEmpty, "\(PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines.suffix(3))")
        try situation.carryOut(plan, of: sketch)
    }
}
