import Diagnostics
import Foundation
import JobFiles
import Model
import Runner
import Systems
import Testing
import Values

@testable import lockstep

/// What other programs make of our reports and schemas.
@Suite(.enabled(if: Validator.isThere, "needs the Python packages that .ci/run installs"))
struct PublicValidatorTests {
    /// Texts that a record or a file could bring into a report.
    private static let hostile = [
        "a<b>&\"c\"", "]]>", "\u{1B}[31mred", "nul\u{0}", "last\u{FFFF}", "中文 😀", "\u{202E}txt", "line one\nline two",
        "",
        "%0A::error::x", "tab\there",
    ]

    private static let found = hostile.enumerated().map { number, text in
        Diagnostic(
            [.error, .warning, .note][number % 3], "wrong-type", "is \(text)",
            at: Place(file: "jobs/a \(number)#%.yaml", line: number + 1, column: 1, length: 3), hint: text,
            notes: [.init("see \(text)"), .init("here", at: Place(file: "jobs/b.yaml", line: 1, column: 1, length: 0))])
    }

    @Test("a report as SARIF is what the standard says, of every wrong file")
    func sarif() throws {
        var texts = try WrongFiles.names.map { name in
            (name: name, text: Self.sarif(try WrongFiles.folder(named: name).findings()))
        }
        texts += [("nothing", Self.sarif([])), ("hostile", Self.sarif(Self.found))]
        texts.append(("placeless", Self.sarif([Diagnostic(.error, "unreadable-file", "no such folder")])))
        #expect(try Validator.mistakes("sarif", texts) == [:])
        #expect(texts.count > 100)
        let wrong = texts[0].text.replacing("\"level\"", with: "\"levle\"")
        #expect(try Validator.mistakes("sarif", [("wrong", wrong)]).keys.sorted() == ["wrong"])
    }

    private static func sarif(_ found: [Diagnostic]) -> String {
        JSON.text(.object(SARIFReport.report(found)))
    }

    @Test("a report as JUnit's XML is what the common XSD says, whatever names and failures hold")
    func junit() throws {
        let cases = Self.hostile.map { text in
            JUnitReport.Case(
                name: text, suite: text, file: "jobs/\(text).yaml", line: 3, failure: (text, text, text))
        }
        let good = JUnitReport.Case(name: "good", suite: "a/b", file: "jobs/a.test.yaml", line: 3)
        let texts = [
            ("hostile", JUnitReport([.init(name: "hostile", cases: cases), .init(name: "good", cases: [good])]).text),
            ("nothing", JUnitReport([]).text), ("empty", JUnitReport([.init(name: "empty", cases: [])]).text),
        ]
        #expect(try Validator.mistakes("junit", texts.map { (name: $0.0, text: $0.1) }) == [:])
        let wrong = texts[0].1.replacing("<testcase", with: "<testcaes").replacing("</testcase", with: "</testcaes")
        #expect(try Validator.mistakes("junit", [("wrong", wrong)]).keys.sorted() == ["wrong"])
    }

    /// Codes of mistakes that one file shows by its keys and values alone.
    private static let shapes: Set<String> = [
        "unknown-key", "missing-key", "wrong-type", "wrong-choice", "bad-name", "bad-limit", "unknown-setting",
        "unknown-connector", "not-built", "misplaced-option", "empty-file", "expects-nothing",
        "option-clash",
        "needs-quotes", "not-closed", "duplicate-key", "tab-in-indentation",
    ]
    /// Those of them that need more: another file, both arrows of a text, what a text means.
    private static let beyond: Set<String> = ["tests-unknown-names", "expression-types", "definition-options"]

    @Test("the schemas refuse every wrong file whose keys and values alone show that it is wrong")
    func wrongFiles() throws {
        let mistakes = try mistakes(
            of: try WrongFiles.names.flatMap { name in
                try WrongFiles.folder(named: name).files.filter {
                    !$0.key.contains("/") || $0.key.hasPrefix("connectors/")
                }.map {
                    ("\(name)/\($0.key)", $0.value)
                }
            }, connectors: Catalogue.connectors)
        let refused = Set(mistakes.keys.compactMap { $0.split(separator: "/").first.map(String.init) })
        var refusable = 0
        for name in WrongFiles.names where !Self.beyond.contains(name) {
            let codes = try Set(WrongFiles.folder(named: name).codes())
            guard !codes.isDisjoint(with: Self.shapes) else { continue }
            refusable += 1
            #expect(refused.contains(name), "\(name): \(codes.sorted())")
        }
        #expect(refusable > 60)
    }

    @Test("the schemas let pass the jobs of the repository, and wrong files whose mistake is of another kind")
    func rightFiles() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folders =
            ["jobs"]
            + (try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "examples").path)).map {
                "examples/\($0)/jobs"
            }
        var files: [(String, String)] = []
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
            for name in names where name.hasSuffix(".yaml") {
                files.append(
                    (
                        "\(folder)/\(name)",
                        try String(contentsOf: root.appending(path: "\(folder)/\(name)"), encoding: .utf8)
                    ))
            }
        }
        #expect(files.count >= 6)
        files += ShippedSystems.sources.map {
            ("connectors/connectors/\($0.name)", String(decoding: $0.bytes, as: UTF8.self))
        }
        #expect(try mistakes(of: files, connectors: SystemLibrary.shipped.types) == [:])
        let sound = [
            "filter-truth", "loop-of-jobs", "written-twice", "table-no-way-back", "sync-filter-not-bool",
            "job-name-not-file",
        ]
        let others = try sound.flatMap { name in
            try WrongFiles.folder(named: name).files.filter { $0.key.hasSuffix("yaml") }.map {
                ("\(name)/\($0.key)", $0.value)
            }
        }
        #expect(try mistakes(of: others, connectors: Catalogue.connectors) == [:])
    }

    private func mistakes(of files: [(String, String)], connectors: [ConnectorType]) throws -> [String: String] {
        var all: [String: String] = [:]
        for kind in JobFileSchema.allCases {
            let texts = files.filter { kind == Self.kind(of: $0.0) }.map { (name: $0.0, text: $0.1) }
            let found = try Validator.mistakes("schema", texts, schema: kind.text(connectors: connectors))
            all.merge(found) { first, _ in first }
        }
        return all
    }

    private static func kind(of file: String) -> JobFileSchema? {
        if file.contains("/connectors/") { return .connector }
        switch JobFileKind(file) {
        case .job: return .job
        case .connections: return .connections
        case .tests: return .tests
        case nil: return nil
        }
    }
}
