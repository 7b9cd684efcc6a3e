/// Gathers pieces of text, and hands them on in larger ones.
final class Pieces {
    private var text = ""
    private let put: (String) -> Void

    private static let size = 1 << 16

    init(_ put: @escaping (String) -> Void) { self.put = put }

    func add(_ piece: String) {
        text += piece
        if text.utf8.count >= Self.size { flush() }
    }

    func flush() {
        put(text)
        text = ""
    }
}
