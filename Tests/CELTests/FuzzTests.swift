import Diagnostics
import Testing
import Values

@testable import CEL

@Suite("Bad input")
struct FuzzTests {
    private static let seeds = [
        "queue in ['Service Desk', 'Network'] && status != 'Spam'", "user.first + ' ' + user.last",
        "timestamp(a) > timestamp('2026-01-01T00:00:00Z')",
        "[1, 2u, 3.5, b'x', null].map(x, x == 1 ? {'a': x} : {})",
        "has(d.e) || !(c.exists(v, v.matches('^a+(b|c)*$')))", #"r'\d' + '''x''' + "\u00e9\x41\101""#,
        "a.?b[?0].`c-d`.f(1, 2) % -3",
        "cel.bind(x, duration('1h30m'), x + x)", "T{a: 1, ?b: 2} // end",
        "c.transformMap(i, v, v != null, string(v).replace('a', 'b'))", "-9223372036854775808 / -1",
    ]
    private static let pieces = [
        "(", ")", "[", "]", "{", "}", "'", "\"", "`", "\\", ".", "?", ":", ",", "&&", "||", "!", "-", "==", "<", "in",
        "has(", ".map(x,", "0x", "1e", "u", "\u{0}", "é", "\u{1F600}", "\n", "//", "a", "9", "b'", "r\"",
    ]

    @Test(
        "mutated expressions are read, or refused with a place; they are evaluated, or fail with one", arguments: 0..<20
    )
    func mutated(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var read = 0
        for _ in 0..<1000 {
            let text = mutation(&random)
            var options = CompileOptions()
            options.isChecked = Bool.random(using: &random)
            options.limits.steps = 10_000
            do throws(ExpressionError) {
                let program = try Expression.compile(text, options)
                read += 1
                check(program, text, seed)
            } catch {
                #expect(!error.diagnostics.isEmpty, "seed \(seed): \(text.debugDescription)")
                for one in error.diagnostics {
                    let place = try #require(one.place, "seed \(seed): \(text.debugDescription)")
                    #expect(place.start <= place.end && place.start.line >= 1, "seed \(seed): \(text.debugDescription)")
                }
            }
        }
        #expect(read > 10)
    }

    private func check(_ program: Program, _ text: String, _ seed: UInt64) {
        do throws(EvaluationFailure) {
            let value = try program.evaluateCEL(Scope(record: RandomExpression.record))
            #expect(!value.description.isEmpty)
        } catch {
            #expect(
                error.span.start <= error.span.end && Int(error.span.end) <= text.utf8.count,
                "seed \(seed): \(text.debugDescription)")
        }
        let printed = program.expression.source
        #expect(
            (try? Expression.parse(printed).shape) == program.expression.shape, "seed \(seed): \(text.debugDescription)"
        )
    }

    private func mutation(_ random: inout SplitMix64) -> String {
        var bytes = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
            case 1: if at < bytes.count { bytes.remove(at: at) }
            case 2:
                bytes.insert(
                    contentsOf: Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)].utf8, at: at)
            case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 0...8, using: &random)))
            default:
                let other = Array(Self.seeds[Int.random(in: 0..<Self.seeds.count, using: &random)].utf8)
                bytes.insert(contentsOf: other[Int.random(in: 0..<other.count, using: &random)...], at: at)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
