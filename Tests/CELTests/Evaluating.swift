import Diagnostics
import Values

@testable import CEL

/// Evaluates a text over a record and spells the result, or the failure, in one line.
func result(_ text: String, _ record: Object = [:], extras: [(String, Value)] = []) -> String {
    var options = CompileOptions()
    options.names = extras.map(\.0)
    options.isChecked = false
    do throws(ExpressionError) {
        let program = try Expression.compile(text, options)
        do throws(EvaluationFailure) {
            return try program.evaluateCEL(Scope(record: record, extras: extras)).description
        } catch {
            return "error: \(error.message)"
        }
    } catch {
        return "refused: \(error.diagnostics[0].message)"
    }
}

/// The diagnostics of a text as `column-column code message [hint]`, one a line.
func mistakes(_ text: String, _ options: CompileOptions = CompileOptions()) -> String {
    do throws(ExpressionError) {
        _ = try Expression.compile(text, options)
        return "none"
    } catch {
        return error.diagnostics.map { one in
            let place = one.place.map { "\($0.start.column)-\($0.end.column)" } ?? "nowhere"
            return "\(place) \(one.code) \(one.message)" + (one.hint.map { " [\($0)]" } ?? "")
        }.joined(separator: "\n")
    }
}

/// A small generator of random numbers (Steele, Lea and Flood), so that a failure can be had again from its seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
