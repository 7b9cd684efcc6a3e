import Foundation

/// A document of the repository, and its fenced blocks.
struct Document: Sendable, CustomStringConvertible {
    var path: String
    var text: String
    var blocks: [MarkdownBlock]

    /// - Parameter path: from the root of the repository.
    init(_ path: String) throws {
        self.path = path
        text = try String(contentsOfFile: Document.root + "/" + path, encoding: .utf8)
        blocks = MarkdownBlock.all(in: text)
    }

    var description: String { path }

    /// Where the repository is.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// README.md and all that is in the documentation.
    static let paths: [String] = {
        let folder = "Sources/lockstep/Documentation.docc"
        let found = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
        return ["README.md"] + found.filter { $0.hasSuffix(".md") }.sorted().map { folder + "/" + $0 }
    }()
}
