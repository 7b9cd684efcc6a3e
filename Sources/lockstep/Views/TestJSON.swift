import Diagnostics
import Model
import Runner
import Values

/// Tests of mappings for programs.
enum TestJSON {
    static func report(_ results: [TestResult], _ coverage: TestCoverage?, mistakes: [Diagnostic]) -> Object {
        [
            "version": .int(1), "tests": .list(results.map { .object(test($0)) }),
            "passed": .number(results.count { $0.passed }),
            "failed": .number(results.count { !$0.passed }), "coverage": coverage.map { .object(object($0)) } ?? .null,
            "diagnostics": DiagnosticsJSON.list(mistakes),
        ]
    }

    private static func object(_ coverage: TestCoverage) -> Object {
        let missed = coverage.items.filter { !$0.isReached }.map { item -> Value in
            .object([
                "kind": .text(item.kind.rawValue), "sync": .text("\(item.sync)"), "text": .text(item.text),
                "file": .text(item.place.file), "line": .number(item.place.start.line),
            ])
        }
        return [
            "total": .number(coverage.items.count), "reached": .number(coverage.reached),
            "percent": .number(coverage.percent), "missed": .list(missed),
        ]
    }

    private static func test(_ result: TestResult) -> Object {
        [
            "name": .text(result.test.name), "sync": .text("\(result.test.sync)"),
            "file": .text(result.test.place.file), "line": .number(result.test.place.start.line),
            "passed": .bool(result.passed), "failures": .list(result.failures.map { .object(failure($0)) }),
        ]
    }

    private static func failure(_ failure: TestFailure) -> Object {
        [
            "message": .text(failure.message), "file": .text(orNull: failure.place?.file),
            "line": .number(failure.place?.start.line), "column": .number(failure.place?.start.column),
            "cause": failure.cause.map { cause in
                .object([
                    "message": .text(cause.message), "file": .text(cause.place.file),
                    "line": .number(cause.place.start.line),
                ])
            } ?? .null,
        ]
    }
}
