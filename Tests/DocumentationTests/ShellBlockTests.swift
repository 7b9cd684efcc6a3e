import Foundation
import Testing

@Suite struct ShellBlockTests {
    /// The documents whose blocks of shell are executed, in order, in one folder a document; and what lies there before.
    static let stories = [
        (path: "README.md", files: ["jobs", "examples"]),
        (path: "Sources/lockstep/Documentation.docc/Guide.md", files: []),
    ]

    @Test("every block of shell does what the document says", arguments: stories.map(\.path))
    func shell(_ path: String) throws {
        let document = try Document(path)
        let shell = try Shell()
        for file in Self.stories.first(where: { $0.path == path })?.files ?? [] { try shell.copy(file) }
        var executed = 0
        for (number, block) in document.blocks.enumerated() {
            if let file = block.file { try shell.write(block.text, to: file) }
            guard block.language == "sh" else { continue }
            // Data of a system package that need not be there.
            if let needed = block.mark("needs"), !FileManager.default.fileExists(atPath: needed) { continue }
            let (output, status) = try shell.run(block.text)
            let place = "\(path):\(block.line)"
            #expect(status == Int32(block.mark("exit") ?? "0"), "\(place) ended with \(status):\n\(output)")
            if let shown = Self.shown(after: number, in: document) {
                #expect(ExpectedOutput(shown).fits(output), "\(place) printed:\n\(output)")
            }
            executed += 1
        }
        #expect(executed > 5)
    }

    @Test("no other document has a block of shell, which nothing would execute")
    func otherDocuments() throws {
        for path in Document.paths where !Self.stories.map(\.path).contains(path) {
            for block in try Document(path).blocks {
                #expect(block.language != "sh", "\(path):\(block.line)")
            }
        }
    }

    @Test("what installs, builds, tests and measures is called as the README says; here stand-ins take its place")
    func standIns() throws {
        let shell = try Shell()
        try shell.copy("jobs")
        try shell.copy("examples")
        for block in try Document("README.md").blocks where block.language == "sh" { _ = try shell.run(block.text) }
        let calls = shell.calls.filter { !$0.hasPrefix("sudo") }
        #expect(
            calls == [
                "apt-get update", "apt-get install -y libyaml-dev libssl-dev zlib1g-dev",
                "swift build -c release --product lockstep --static-swift-stdlib",
                "swift test", "apt-get install -y iso-codes", "Tests/Benchmarks/run --full",
            ])
        #expect(FileManager.default.isExecutableFile(atPath: Document.root + "/" + Shell.longProgram))
    }

    /// A block of text right after a block of shell is what the shell prints.
    private static func shown(after number: Int, in document: Document) -> String? {
        guard number + 1 < document.blocks.count else { return nil }
        let next = document.blocks[number + 1]
        return next.language == "text" ? next.text : nil
    }

    @Test(
        "three dots stand for what differs from run to run, and for nothing else",
        arguments: [
            ("a\nb\n", "a\nb\n", true), ("a\n", "a\nb\n", false), ("a …\n", "a 17 s\n", true),
            ("a … b … c\n", "a 1 b 2 c\n", true), ("a … b … c\n", "a 1 c\n", false), ("…\nb\n", "x\ny\nb\n", true),
            ("…\nb\n", "x\ny\nc\n", false), ("ab…ba\n", "aba\n", false), ("a\n…\n", "a\n", true),
        ])
    func wildcards(_ shown: String, _ output: String, _ fits: Bool) {
        #expect(ExpectedOutput(shown).fits(output) == fits)
    }
}
