import Foundation
import Testing
import Values

@testable import CEL

/// Expressions with what another checker says of them: the file that `CEL_CHECKER` names, else the one beside the
/// package.
private let checkerFile: String? = {
    if let named = ProcessInfo.processInfo.environment["CEL_CHECKER"] { return named }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let file = root.deletingLastPathComponent().appendingPathComponent("shared/cel/checker.celcpp.jsonl").path
    return FileManager.default.isReadableFile(atPath: file) ? file : nil
}()

@Suite("Checker cases")
struct CheckerCaseTests {
    /// How many of the 117 public cases pass; a change that passes more raises it.
    private static let passing = 117
    private static let publicCases = 117

    @Test(
        "types and refusals are those of the language's own checker",
        .enabled(if: checkerFile != nil, "CEL_CHECKER names no file, and none lies beside the package"))
    func cases() throws {
        let file = try #require(checkerFile)
        let lines = try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: UInt8(ascii: "\n"))
        var failing: [String] = []
        for line in lines {
            let one = try #require(try JSON.parse(Array(line)).object)
            let expression = try #require(one["expr"]?.text)
            let wanted = one["ok"] == .bool(true) ? one["type_str"]?.text ?? "" : "refused"
            let found = try type(of: expression, one["vars"]?.object ?? Object())
            if found != wanted { failing.append("\(expression): \(found), and not \(wanted)") }
        }
        print("CEL checker \(file): \(lines.count - failing.count) of \(lines.count)")
        for one in failing { print("  failing: \(one)") }
        try #require(!lines.isEmpty)
        if lines.count == Self.publicCases { #expect(lines.count - failing.count >= Self.passing) }
    }

    private func type(of expression: String, _ variables: Object) throws -> String {
        var options = CompileOptions()
        options.isStrict = true
        options.types.record = nil
        for (name, type) in variables {
            let text = try #require(type.text)
            options.types.variables.append((name, try #require(CELType(text: text[...]), "\(text)")))
        }
        do throws(ExpressionError) {
            return try Expression.check(expression, options).type.description
        } catch {
            return "refused"
        }
    }
}
