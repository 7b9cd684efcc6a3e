import Foundation
import Testing

@Suite struct JSONBlockTests {
    @Test("every line of a block of JSON is JSON", arguments: Document.paths)
    func json(_ path: String) throws {
        for block in try Document(path).blocks where block.language == "json" || block.language == "jsonl" {
            let texts = block.language == "json" ? [block.text[...]] : block.text.split(separator: "\n")
            for text in texts {
                #expect(throws: Never.self, "\(path):\(block.line)") {
                    try JSONSerialization.jsonObject(with: Data(text.utf8))
                }
            }
        }
    }

    @Test("the state of a real run has the files, the keys and the lines that its description has")
    func state() throws {
        let description = try Document("Sources/lockstep/Documentation.docc/StateFormat.md")
        let shell = try Shell()
        try shell.copy("jobs")
        _ = try shell.run("lockstep run; lockstep run; lockstep run")
        let files = try shell.run("cd .lockstep/helpdesk/tickets && ls . runs | sed 's/^0.*/RUN.jsonl/'").output
        for file in files.split(separator: "\n") where file.contains(".") && !file.hasSuffix(":") {
            #expect(description.text.contains(file), "\(file) is not described")
        }
        let shown = description.blocks.filter { $0.language == "json" || $0.language == "jsonl" }.flatMap {
            Self.keys($0.language == "json" ? [$0.text] : $0.text.split(separator: "\n").map(String.init))
        }
        let header = try shell.run("cat .lockstep/helpdesk/tickets/state.json").output
        let lines = try shell.run("cat .lockstep/helpdesk/*/runs/*.jsonl .lockstep/helpdesk/*/runs.jsonl").output
        let real = Self.keys([header] + lines.split(separator: "\n").map(String.init))
        #expect(real.count > 30)
        #expect(real.subtracting(shown) == [])
    }

    /// The names of the outermost members of objects.
    private static func keys(_ texts: [String]) -> Set<String> {
        Set(
            texts.flatMap { text in
                let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
                return (object ?? [:]).keys.map { String($0) }
            })
    }
}
