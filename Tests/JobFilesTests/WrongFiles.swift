import Foundation
import JobFiles
import Testing
import Values

@testable import lockstep

/// Each folder of `Wrong/` is a jobs folder with mistakes, `expected.txt`: exactly what `check` shows a person, and `expected.json`:
/// what `check --format json` says, spread over lines.
///
/// `REWRITE_EXPECTED=1 swift test --filter WrongFiles` writes the files anew. Read what changed before it is committed:
/// a message that the author of the file could not act on is a defect.
struct WrongFiles {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Wrong")
    private static let isRewriting = ProcessInfo.processInfo.environment["REWRITE_EXPECTED"] != nil

    static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test("there are wrong files to learn from")
    func thereAreEnough() {
        #expect(WrongFiles.names.count >= 100)
    }

    @Test("a wrong file is explained, word by word", arguments: names)
    func explained(name: String) throws {
        let place = WrongFiles.root.appending(path: name)
        let folder = try WrongFiles.folder(at: place)
        let shown = folder.page(folder.findings())
        let file = place.appending(path: "expected.txt")
        if WrongFiles.isRewriting { try shown.write(to: file, atomically: true, encoding: .utf8) }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(shown == expected, "\(name):\n\(Difference.lines(from: expected, to: shown))")
        #expect(!shown.isEmpty)
    }

    @Test("a wrong file is explained to machines too", arguments: names)
    func explainedAsJSON(name: String) throws {
        let place = WrongFiles.root.appending(path: name)
        let report = DiagnosticsJSON.report(try WrongFiles.folder(at: place).findings())
        let shown = JSON.prettyText(.object(report)) + "\n"
        let file = place.appending(path: "expected.json")
        if WrongFiles.isRewriting { try shown.write(to: file, atomically: true, encoding: .utf8) }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(shown == expected, "\(name):\n\(Difference.lines(from: expected, to: shown))")
    }

    /// Codes that no file of a jobs folder has by itself, or that a file would have to be too large for: the tests that have them.
    private static let elsewhere: [String: (file: String, mark: String)] = [
        "expression-too-long": ("CELTests/GrammarTests.swift", "expression-too-long"),
        "wrong-kind": ("CELTests/FaultCodeTests.swift", ".wrongKind"),
        "out-of-range": ("CELTests/FaultCodeTests.swift", ".outOfRange"),
        "division-by-zero": ("CELTests/FaultCodeTests.swift", ".divisionByZero"),
        "cannot-convert": ("CELTests/FaultCodeTests.swift", ".cannotConvert"),
        "repeated-key": ("CELTests/FaultCodeTests.swift", ".repeatedKey"),
        "bad-pattern": ("CELTests/FaultCodeTests.swift", ".badPattern"),
        "bad-placeholder": ("CELTests/FaultCodeTests.swift", ".badPlaceholder"),
        "no-value": ("CELTests/FaultCodeTests.swift", ".noValue"),
        "too-costly": ("CELTests/FaultCodeTests.swift", ".tooCostly"),
        "lossy-table": ("RunnerTests/RoundTrip/UnlawfulMappings.swift", "warning lossy-table"),
        "dead-row": ("RunnerTests/RoundTrip/UnlawfulMappings.swift", "warning dead-row"),
        "no-round-trip": ("RunnerTests/RoundTrip/UnlawfulMappings.swift", "warning no-round-trip"),
        "changes-by-itself": ("RunnerTests/RoundTrip/UnlawfulMappings.swift", "error changes-by-itself"),
        "never-rests": ("RunnerTests/RoundTrip/UnlawfulMappings.swift", "error never-rests"),
        "unreadable-file": ("LockstepTests/Stories/unreadable-job.txt", "[unreadable-file]"),
        "failed-test": ("LockstepTests/Stories/test-fails.txt", "[failed-test]"),
        "schema-differs": ("LockstepTests/Stories/discover.txt", "[schema-differs]"),
        "skipped-hour": ("LockstepTests/ScheduleCommandTests.swift", "does not exist, and runs at"),
        "repeated-hour": ("LockstepTests/ScheduleCommandTests.swift", "slots that come twice"),
        "outside-window": ("LockstepTests/ScheduleCommandTests.swift", "lie outside of its window"),
    ]

    @Test("every code of a message is shown by a wrong file, or by a test that is named here")
    func everyCode() throws {
        var codes: Set<String> = []
        for name in WrongFiles.names {
            codes.formUnion(try WrongFiles.folder(at: WrongFiles.root.appending(path: name)).codes())
        }
        let all = Pages.kinds.flatMap { kind in kind.map { $0.rawValue } }
        #expect(all.filter { !codes.contains($0) && WrongFiles.elsewhere[$0] == nil } == [])
        for (code, test) in WrongFiles.elsewhere {
            #expect(all.contains(code) && !codes.contains(code), "\(code)")
            let file = WrongFiles.root.appending(path: "../../" + test.file).standardized
            #expect(try String(contentsOf: file, encoding: .utf8).contains(test.mark), "\(code)")
        }
    }

    static func folder(named name: String) throws -> Folder { try folder(at: root.appending(path: name)) }

    private static func folder(at place: URL) throws -> Folder {
        var files: [String: String] = [:]
        var others: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: place.path) where !path.hasPrefix("expected.") {
            let file = place.appending(path: path)
            guard !file.hasDirectoryPath, let data = FileManager.default.contents(atPath: file.path) else { continue }
            files[path] = String(decoding: data, as: UTF8.self)
            if String(validating: data, as: UTF8.self) == nil { others[path] = Array(data) }
        }
        var folder = Folder(files)
        folder.bytes = others
        return folder
    }
}

/// The lines that differ between two texts.
enum Difference {
    static func lines(from expected: String, to actual: String) -> String {
        let before = expected.components(separatedBy: "\n")
        let after = actual.components(separatedBy: "\n")
        return after.difference(from: before).map { change in
            switch change {
            case .remove(_, let line, _): "- \(line)"
            case .insert(_, let line, _): "+ \(line)"
            }
        }.joined(separator: "\n")
    }
}
