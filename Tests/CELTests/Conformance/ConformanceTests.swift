import Foundation
import Testing
import Values

@testable import CEL

/// The suite's files: those that `CEL_CONFORMANCE` names, else the one beside the package.
private let conformanceFiles: [String] = {
    if let named = ProcessInfo.processInfo.environment["CEL_CONFORMANCE"] {
        return named.split(separator: ":").map(String.init)
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let file = root.deletingLastPathComponent().appendingPathComponent("shared/cel/conformance.public.jsonl").path
    return FileManager.default.isReadableFile(atPath: file) ? [file] : []
}()

@Suite("Conformance")
struct ConformanceTests {
    /// How many of the 1,297 public cases pass; a change that passes more raises it.
    private static let passing = 1297
    private static let publicCases = 1297

    @Test(
        "the language's own suite passes as far as it did",
        .enabled(if: !conformanceFiles.isEmpty, "CEL_CONFORMANCE names no file, and none lies beside the package"))
    func suite() throws {
        for file in conformanceFiles {
            let cases = try read(file)
            let failing = cases.filter { !$0.passes() }
            print("CEL conformance \(file): \(cases.count - failing.count) of \(cases.count)")
            report(failing)
            try #require(!cases.isEmpty)
            if cases.count == Self.publicCases {
                #expect(cases.count - failing.count >= Self.passing)
                let unexplained = failing.map(\.id).filter { ConformanceExceptions.reason($0) == nil }
                #expect(unexplained.isEmpty)
            }
        }
    }

    @Test(
        "the checks refuse nothing that the suite's own checker takes",
        .enabled(if: !conformanceFiles.isEmpty, "CEL_CONFORMANCE names no file, and none lies beside the package"))
    func checks() throws {
        for file in conformanceFiles {
            for one in try read(file) where !one.isUnchecked {
                #expect(
                    (one.refusals(strictly: false) + one.refusals(strictly: true)).isEmpty,
                    "\(one.id): \(one.expression)")
            }
        }
    }

    private func read(_ file: String) throws -> [ConformanceCase] {
        try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: UInt8(ascii: "\n")).map { line in
            let object = try #require(try JSON.parse(Array(line)).object)
            return try #require(ConformanceCase(object), "\(object["id"] as Any)")
        }
    }

    /// Every failing id, with the reason where it is known.
    private func report(_ failing: [ConformanceCase]) {
        for one in failing {
            print("  failing: \(one.id)" + (ConformanceExceptions.reason(one.id).map { " (\($0))" } ?? ""))
        }
    }
}
