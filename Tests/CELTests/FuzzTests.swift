import Diagnostics
import Glibc
import Testing
import Values

@testable import CEL

@Suite("Bad input")
struct FuzzTests {
    private static let seedNumbers = 0..<20 as Range<UInt64>

    /// How many inputs all tests here try together; `LOCKSTEP_FUZZ=1000000` says another number.
    private static let inputs = getenv("LOCKSTEP_FUZZ").flatMap { Int(String(cString: $0)) } ?? 25_000

    /// One in five inputs is bytes that nobody wrote; the others are expressions with a few changes.
    private static let mutations = inputs * 4 / 5 / seedNumbers.count
    private static let noises = inputs / 5 / seedNumbers.count

    private static let seeds = [
        "queue in ['Service Desk', 'Network'] && status != 'Spam'", "user.first + ' ' + user.last",
        "timestamp(a) > timestamp('2026-01-01T00:00:00Z')",
        "[1, 2u, 3.5, b'x', null].map(x, x == 1 ? {'a': x} : {})",
        "has(d.e) || !(c.exists(v, v.matches('^a+(b|c)*$')))", #"r'\d' + '''x''' + "\u00e9\x41\101""#,
        "a.?b[?0].`c-d`.f(1, 2) % -3",
        "[?c[?0], ?record.?zz.d].sortBy(x, x.optMap(y, string(y)).orValue('')).first()",
        "{?'k': optional.ofNonZeroValue(b)}.?k.orValue(lists.range(3).slice(0, a))",
        "cidr('10.0.0.0/8').containsIP(b) || isIP('2001:db8::1%x') || sets.contains(c, [1, 2.0])",
        "timestamp('2009-02-13T23:31:30Z').getHours('-09:30') + size([[1], [c]].flatten(2).distinct())",
        "cel.bind(x, duration('1h30m'), x + x)", "T{a: 1, ?b: 2} // end",
        "c.transformMap(i, v, v != null, string(v).replace('a', 'b'))", "-9223372036854775808 / -1",
    ]
    private static let schema = ObjectType(
        [("a", .int), ("queue", .nullable(.text)), ("c", .list(.dyn)), ("d", .object(.unknown))], isClosed: true)
    private static let pieces = [
        "(", ")", "[", "]", "{", "}", "'", "\"", "`", "\\", ".", "?", ":", ",", "&&", "||", "!", "-", "==", "<", "in",
        "has(", ".map(x,", "0x", "1e", "u", "\u{0}", "é", "\u{1F600}", "\n", "//", "a", "9", "b'", "r\"",
    ]

    @Test(
        "mutated expressions are read, or refused with a place; they are evaluated, or fail with one",
        arguments: seedNumbers)
    func mutated(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var read = 0
        for _ in 0..<Self.mutations {
            if try isRead(mutation(&random), &random, seed) { read += 1 }
        }
        #expect(read > Self.mutations / 100)
    }

    @Test("bytes are read, or refused with a place", arguments: seedNumbers)
    func noise(seed: UInt64) throws {
        var random = SplitMix64(seed: ~seed)
        var refused = 0
        for _ in 0..<Self.noises {
            let count = Int.random(in: 0...60, using: &random)
            let isText = Bool.random(using: &random)
            let range = isText ? 0x20...0x7E as ClosedRange<UInt8> : 0...0xFF
            let bytes = (0..<count).map { _ in UInt8.random(in: range, using: &random) }
            if try !isRead(String(decoding: bytes, as: UTF8.self), &random, seed) { refused += 1 }
        }
        #expect(refused > Self.noises / 2)
    }

    /// Whether a text is an expression; what is told of it, and what comes of it, is looked at either way.
    private func isRead(_ text: String, _ random: inout SplitMix64, _ seed: UInt64) throws -> Bool {
        var options = CompileOptions()
        options.isChecked = Bool.random(using: &random)
        options.isStrict = Bool.random(using: &random)
        if Bool.random(using: &random) { options.types.record = Self.schema }
        options.limits.steps = 10_000
        do throws(ExpressionError) {
            check(try Expression.compile(text, options), text, seed)
            return true
        } catch {
            #expect(!error.diagnostics.isEmpty, "seed \(seed): \(text.debugDescription)")
            for one in error.diagnostics {
                let place = try #require(one.place, "seed \(seed): \(text.debugDescription)")
                #expect(place.start <= place.end && place.start.line >= 1, "seed \(seed): \(text.debugDescription)")
            }
            return false
        }
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
