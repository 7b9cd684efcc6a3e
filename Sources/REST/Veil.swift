internal import HTTP
internal import Synchronization
internal import Values

/// What no sentence may show: the secrets of a connection, in the spellings in which they are sent or others write them, so that what a system echoes of them is
/// seen by nobody.
final class Veil: Sendable {
    private let words = Mutex<Set<TextKey>>([])

    func hide(_ secret: String) {
        // Shorter ones stand in every other word, and protect nothing.
        guard secret.utf8.count >= 4 else { return }
        let percent = PercentCoding.query(secret)
        let form = percent.replacing("%20", with: "+")
        let spellings = [
            secret, percent, percent.withSmallEscapes, form, form.withSmallEscapes, secret.replacing("+", with: " "),
            String(decoding: Base64.encode(Array(secret.utf8)), as: UTF8.self),
        ]
        words.withLock { words in words.formUnion(spellings.map(TextKey.init)) }
    }

    func veiled(_ text: String) -> String {
        // The longest first: one may stand in another.
        let words = words.withLock { $0.map(\.text) }.sorted { $0.utf8.count > $1.utf8.count }
        return words.reduce(text) { $0.replacing($1, with: "…") }
    }
}

extension String {
    /// Percent-encoding with the small digits that others write.
    fileprivate var withSmallEscapes: String {
        var bytes = Array(utf8)
        for at in bytes.indices where bytes[at] == UInt8(ascii: "%") {
            for digit in bytes.indices.clamped(to: at + 1..<at + 3) where (0x41...0x46).contains(bytes[digit]) {
                bytes[digit] += 0x20
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension AskFailure {
    /// The same with nothing secret in its words.
    func veiled(_ veil: Veil) -> AskFailure {
        switch self {
        case .refused(let message): .refused(veil.veiled(message))
        case .forbidden(let message): .forbidden(veil.veiled(message))
        case .unauthorised(let message, let fault): .unauthorised(veil.veiled(message), fault)
        case .busy(let message, let after): .busy(veil.veiled(message), after: after)
        case .moved(let message): .moved(veil.veiled(message))
        case .gone(let message): .gone(veil.veiled(message))
        case .unreachable(let message, let fault, let arrived):
            .unreachable(veil.veiled(message), fault, arrived: arrived)
        case .broken(let message): .broken(veil.veiled(message))
        case .spent: self
        }
    }
}
