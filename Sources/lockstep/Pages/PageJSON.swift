import Diagnostics
import Values

/// Pages for programs.
enum PageJSON {
    static var list: Object {
        let codes = Pages.subjects.flatMap { subject in
            subject.pages.map { page -> Value in
                .object([
                    "code": .text(page.code), "severity": .text(page.severity.rawValue),
                    "meaning": .text(page.meaning), "subject": .text(subject.title),
                ])
            }
        }
        return ["version": .int(1), "codes": .list(codes)]
    }

    /// - Parameter findings: what is said of the wrong example.
    static func page(_ page: Page, _ findings: [Diagnostic]) -> Object {
        var wrong = example(page.wrong)
        wrong["diagnostics"] = DiagnosticsJSON.list(findings)
        return [
            "version": .int(1), "code": .text(page.code), "severity": .text(page.severity.rawValue),
            "meaning": .text(page.meaning), "text": .text(page.text), "wrong": .object(wrong),
            "right": .object(example(page.right)),
        ]
    }

    private static func example(_ example: Example) -> Object {
        let files = example.shown.map { file -> Value in
            .object(["path": .text(file.path), "text": .text(file.text)])
        }
        return ["command": .text(example.line), "files": .list(files)]
    }
}
