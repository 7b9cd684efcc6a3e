/// What of a text is shown as a whole or not at all: a character as people see it, or what stands for an escaped scalar.
struct DisplayPiece {
    var text: String
    var columns: Int
}

/// A text as it may be shown, piece by piece.
struct DisplayPieces: Sequence, IteratorProtocol {
    /// How many marks may stand on one character. Languages that are written with many need four or five.
    private static let mostMarks = 8

    private var characters: String.Iterator
    /// What is left of the last character, the next piece last.
    private var waiting: [DisplayPiece] = []

    init(_ text: String) { characters = text.makeIterator() }

    mutating func next() -> DisplayPiece? {
        if let piece = waiting.popLast() { return piece }
        guard let character = characters.next() else { return nil }
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F {
            return DisplayPiece(text: String(character), columns: 1)
        }
        waiting = Self.pieces(Array(character.unicodeScalars)).reversed()
        return waiting.popLast()
    }

    private static func pieces(_ scalars: [Unicode.Scalar]) -> [DisplayPiece] {
        var pieces: [DisplayPiece] = []
        var shown: [Unicode.Scalar] = []
        var marks = 0
        func finish() {
            if !shown.isEmpty { pieces.append(DisplayPiece(text: text(shown), columns: columns(shown))) }
            shown = []
        }
        for (at, scalar) in scalars.enumerated() {
            marks += scalar.isMark ? 1 : 0
            let isLost = scalar.isMark && (shown.isEmpty || marks > mostMarks)
            if isLost || (scalar.mustBeEscaped && !isJoiner(at, scalars, after: shown)) {
                finish()
                pieces.append(DisplayPiece(text: scalar.escaped, columns: scalar.escaped.utf8.count))
            } else {
                shown.append(scalar)
            }
        }
        finish()
        return pieces
    }

    /// Whether a zero-width joiner makes one picture of two, as in the picture of a family: there it hides nothing.
    private static func isJoiner(_ at: Int, _ scalars: [Unicode.Scalar], after shown: [Unicode.Scalar]) -> Bool {
        guard scalars[at].value == 0x200D, let first = shown.first, at + 1 < scalars.count else { return false }
        return first.isPicture && scalars[at + 1].isPicture
    }

    private static func text(_ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// A picture takes two columns, of however many scalars it is made.
    private static func columns(_ scalars: [Unicode.Scalar]) -> Int {
        guard let first = scalars.first else { return 0 }
        let isPicture =
            first.properties.isEmojiPresentation
            || (first.properties.isEmoji && scalars.contains { $0.value == 0xFE0F })
        return isPicture ? 2 : scalars.reduce(0) { $0 + $1.columns }
    }
}

extension Unicode.Scalar {
    fileprivate var isPicture: Bool { value > 0xFF && properties.isEmoji }
}
