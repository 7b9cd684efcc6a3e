import Glibc
import Testing
import Values

@testable import CEL

@Suite("Stack")
struct StackTests {
    @Test("the deepest expressions run on a thread with a small stack")
    func smallStack() throws {
        let deepest = [
            String(repeating: "(", count: 148) + "x" + String(repeating: ")", count: 148),
            String(repeating: "[", count: 148) + "x" + String(repeating: "]", count: 148),
            String(repeating: "!(", count: 140) + "x == 1" + String(repeating: ")", count: 140),
            String(repeating: "{'a': ", count: 120) + "x" + String(repeating: "}", count: 120),
            String(repeating: "1 * (1 + (true ? ", count: 36) + "x" + String(repeating: " : 0))", count: 36),
            String(repeating: "[x].map(v, ", count: 140) + "x" + String(repeating: ")", count: 140),
            String(repeating: "string(", count: 140) + "x" + String(repeating: ")", count: 140),
            Array(repeating: "x", count: 149).joined(separator: " - "),
            "record" + String(repeating: ".a", count: 140),
            String(repeating: "[", count: 140) + "x" + String(repeating: "]", count: 140) + " == "
                + String(repeating: "[", count: 140) + "1" + String(repeating: "]", count: 140),
            String(repeating: "!(", count: 70) + String(repeating: "[", count: 70) + "[]"
                + String(repeating: "]", count: 70)
                + " == " + String(repeating: "[", count: 74) + String(repeating: "]", count: 74)
                + String(repeating: ")", count: 70),
        ]
        let box = Box(deepest)
        try onSmallStack(box)
        #expect(box.outcomes.count == deepest.count)
        #expect(box.outcomes.filter { $0.hasPrefix("refused") }.isEmpty)
    }

    /// The frames of a debug build are five times as large.
    #if DEBUG
        private static let stack = 2560 << 10
    #else
        private static let stack = 512 << 10
    #endif

    private func onSmallStack(_ box: Box) throws {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        try #require(pthread_attr_setstacksize(&attributes, Self.stack) == 0)
        var thread = pthread_t()
        let context = Unmanaged.passUnretained(box).toOpaque()
        let made = pthread_create(
            &thread, &attributes,
            { context in
                context.map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue().run() }
                return nil
            }, context)
        try #require(made == 0)
        pthread_join(thread, nil)
    }

    /// Handed to the thread and read after it has ended.
    private final class Box: @unchecked Sendable {
        private let texts: [String]
        private(set) var outcomes: [String] = []

        init(_ texts: [String]) { self.texts = texts }

        func run() {
            for text in texts {
                outcomes.append(result(text, ["x": .int(1)]))
                if let program = try? Expression.compile(text) {
                    _ = program.trace(Scope(record: ["x": .int(1)]))
                    _ = program.expression.source
                }
            }
        }
    }
}
