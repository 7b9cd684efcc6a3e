import Foundation
import Testing

@Suite struct ArchitectureTests {
    private let document: Document

    init() throws { document = try Document("Sources/lockstep/Documentation.docc/Architecture.md") }

    /// What stands between backticks, outside fenced blocks.
    private var names: [String] {
        let fenced = document.blocks.reduce(document.text) { $0.replacingOccurrences(of: $1.text, with: "") }
        return fenced.replacingOccurrences(of: "```", with: "").split(
            separator: "`", omittingEmptySubsequences: false
        ).enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private var sources: [String] {
        ["Sources", "Tests"].flatMap { folder in
            FileManager.default.enumerator(atPath: Document.root + "/" + folder)?.compactMap { "/\($0)" } ?? []
        }
    }

    @Test("every file and folder that the walk names is there")
    func files() {
        let known = sources
        let files = names.filter { $0.hasSuffix(".swift") && $0 != "Package.swift" }
        let folders = names.filter { $0.hasSuffix("/") && $0 != "Tests/" }
        for file in files {
            #expect(known.contains { $0.hasSuffix("/" + file) }, "there is no \(file)")
        }
        for folder in folders {
            #expect(known.contains { $0.contains("/" + folder) }, "there is no \(folder)")
        }
        #expect(files.count > 40)
        #expect(folders.count > 5)
    }

    @Test("the table of targets has those of Package.swift, in their order")
    func targets() throws {
        let package = try String(contentsOfFile: Document.root + "/Package.swift", encoding: .utf8)
        let rooms =
            ["CLibYAML", "CLibCrypto"] + package.matches(of: #/room\(\s*"(\w+)"/#).map { String($0.1) } + [
                "lockstep", "TestKit",
            ]
        let table = document.text.matches(of: #/(?m)^\| `(\w+)`[^|]*\| /#).map { String($0.1) }
        #expect(table == rooms)
    }
}
