import Glibc
import Synchronization

@testable import lockstep

/// A console that keeps what is said, in the order in which it is said.
final class CapturedConsole: Sendable {
    struct Said: Sendable, Equatable {
        var channel: Console.Channel
        var text: String
    }

    private let said = Mutex<[Said]>([])
    private let reason: CInt
    private let isTerminal: Bool
    private let answer: String?
    private let columns: Int

    /// - Parameters:
    ///   - columns: how wide the terminal is.
    ///   - reason: what the system says to whoever writes answers, such as `EPIPE`.
    ///   - answer: what a person says who is asked; nil where nobody sits there.
    init(
        isTerminal: Bool = false, columns: Int = 80, refusing reason: CInt = 0, answering answer: String? = nil
    ) {
        self.columns = columns
        self.answer = answer
        self.isTerminal = isTerminal
        self.reason = reason
    }

    var console: Console {
        Console(
            isTerminal: .init(output: isTerminal, errors: isTerminal), columns: 60, outputColumns: columns,
            readAnswer: answer == nil ? nil : { @Sendable [answer] in answer }
        ) { channel, bytes in
            if channel == .output, self.reason != 0 { return self.reason }
            self.said.withLock { $0.append(Said(channel: channel, text: String(decoding: bytes, as: UTF8.self))) }
            return 0
        }
    }

    var all: [Said] { said.withLock { $0 } }

    func text(_ channel: Console.Channel) -> String {
        all.filter { $0.channel == channel }.map(\.text).joined()
    }
}
