import FileIO

/// Reads the sealed lines of a file, from its first to its last whole one.
struct SealedReader: ~Copyable {
    private let path: String
    private var chain = LineChain()
    private var reader: LineReader

    init(_ file: ReadFile, path: String) {
        reader = LineReader(file)
        self.path = path
    }

    /// The number of the line that was read last, from 1.
    var number: Int { reader.number }
    /// Where in the file it begins.
    var offset: Int { reader.offset }

    /// The content of the next line; nil at the end. A last line that is torn, or whose seal does not fit, was being written
    /// when the process died: it counts as not written.
    mutating func next() throws(StateFailure) -> UnsafeRawBufferPointer? {
        switch try step() {
        case .end, .torn: return nil
        case .whole(let line):
            if let content = chain.open(line) { return content }
            let number = reader.number
            switch try step() {
            case .end: return nil
            default: throw .damaged(path: path, line: number, reason: "the line is not as it was written")
            }
        }
    }

    private mutating func step() throws(StateFailure) -> LineReader.Line {
        do throws(FileFailure) {
            return try reader.next()
        } catch {
            throw .file(error)
        }
    }
}
