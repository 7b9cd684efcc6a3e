import Diagnostics
import Glibc
import Synchronization

/// Where a command's words go: answers to one channel, progress and logs to the other.
///
/// A reader that went away ends the words and not the work: what cannot be written is dropped, and said by ``failure``.
final class Console: Sendable {
    enum Channel: Hashable, Sendable { case output, errors }

    /// Whether a person sits at the other end.
    let isTerminal: Channels<Bool>
    /// How wide the terminal of progress is.
    let columns: Int
    /// How wide the terminal of answers is.
    let outputColumns: Int
    private let write: @Sendable (Channel, [UInt8]) -> CInt
    /// Reads what a person answers; nil where nobody sits there.
    private let readAnswer: (@Sendable () -> String?)?
    private let state = Mutex(State())

    struct Channels<Content: Sendable>: Sendable {
        var output: Content
        var errors: Content
    }

    private struct State {
        var broken: Set<Channel> = []
        var failure: CInt?
        var hasProgress = false
    }

    /// - Parameters:
    ///   - readAnswer: reads a line of a person, nil at the end.
    ///   - write: writes all bytes, and gives the system's number of what went wrong, 0 for nothing.
    init(
        isTerminal: Channels<Bool>, columns: Int = 80, outputColumns: Int = 80,
        readAnswer: (@Sendable () -> String?)? = nil,
        write: @escaping @Sendable (Channel, [UInt8]) -> CInt
    ) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.outputColumns = outputColumns
        self.write = write
        self.readAnswer = readAnswer
    }

    /// Asks a person; nil where nobody can be asked. All but a clear yes is a no.
    func ask(_ question: String) -> Bool? {
        guard isTerminal.output, let readAnswer else { return nil }
        out(question)
        let answer = readAnswer() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }

    /// The number of what went wrong with the answers, such as a full disk; nil where nothing did, or only the reader
    /// went away.
    var failure: CInt? { state.withLock { $0.failure } }

    func out(_ text: String) { put(text, to: .output) }
    func err(_ text: String) { put(text, to: .errors) }

    /// Shows a line that is replaced by the next; nil takes it away.
    func showProgress(_ line: String?) {
        state.withLock { state in
            guard line != nil || state.hasProgress else { return }
            let shown = line.map { $0.shortenedForDisplay(columns: max(1, columns - 1)) }
            put("\r\u{1B}[2K" + (shown ?? ""), to: .errors, &state)
            state.hasProgress = line != nil
        }
    }

    private func put(_ text: String, to channel: Channel) {
        if text.isEmpty { return }
        state.withLock { state in
            if state.hasProgress {
                put("\r\u{1B}[2K", to: .errors, &state)
                state.hasProgress = false
            }
            put(text, to: channel, &state)
        }
    }

    private func put(_ text: String, to channel: Channel, _ state: inout State) {
        guard !state.broken.contains(channel) else { return }
        let reason = write(channel, Array(text.utf8))
        guard reason != 0 else { return }
        state.broken.insert(channel)
        if channel == .output, reason != EPIPE { state.failure = reason }
    }
}
