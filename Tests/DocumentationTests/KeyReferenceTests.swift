import Foundation
import JobFiles
import Testing

@Suite struct KeyReferenceTests {
    private static let path = "Sources/lockstep/Documentation.docc/Connectors.md"

    /// `REWRITE_EXPECTED=1` writes it anew.
    @Test("the keys of connectors in the document are those that are checked")
    func keys() throws {
        var text = try Document(Self.path).text
        let start = try #require(text.range(of: "<!-- keys -->\n"))
        let end = try #require(text.range(of: "<!-- end -->"))
        let wanted = KeyReference.connector
        if ProcessInfo.processInfo.environment["REWRITE_EXPECTED"] != nil {
            text.replaceSubrange(start.upperBound..<end.lowerBound, with: wanted)
            try text.write(toFile: Document.root + "/" + Self.path, atomically: true, encoding: .utf8)
        }
        let shown = try Document(Self.path).text
        #expect(shown.contains("<!-- keys -->\n" + wanted + "<!-- end -->"))
        #expect(wanted.contains("| `connector` * | a name |"))
    }
}
