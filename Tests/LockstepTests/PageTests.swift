import Diagnostics
import Foundation
import Runner
import TestKit
import Testing
import Values

@testable import lockstep

struct PageTests {
    static let codes = Set(Pages.kinds.flatMap { kind in kind.map { $0.rawValue } })

    @Test("every code has one page, and every page a code")
    func everyCode() {
        let pages = Pages.all.map(\.code)
        #expect(Self.codes.subtracting(pages).sorted() == [])
        #expect(Set(pages).subtracting(Self.codes).sorted() == [])
        #expect(pages.count == Set(pages).count)
        figure("codes with a page", pages.count)
    }

    @Test("a code of two kinds means the same in both")
    func oneMeaning() {
        let all = Pages.kinds.flatMap { kind in kind.map { (code: $0.rawValue, words: "\($0.severity) \($0.meaning)") }
        }
        for (code, meanings) in Dictionary(grouping: all, by: \.code) {
            #expect(Set(meanings.map(\.words)).count == 1, "\(code)")
        }
    }

    @Test("a code is small words joined by hyphens, and what it means a line", arguments: codes.sorted())
    func spelling(code: String) throws {
        #expect(code.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
        let page = try #require(Pages.page(of: code))
        #expect(!page.meaning.isEmpty && !page.meaning.contains("\n") && !page.meaning.hasSuffix("."))
    }

    @Test("a page says in sentences what is the matter", arguments: codes.sorted())
    func text(code: String) throws {
        let page = try #require(Pages.page(of: code))
        #expect((100...900).contains(page.text.count), "\(page.text.count)")
        for paragraph in page.text.components(separatedBy: "\n\n") {
            #expect(!paragraph.contains("\n") && !paragraph.contains("  "))
            #expect(paragraph.first?.isLetter == true || paragraph.first == "'" || paragraph.first == "$")
            #expect([".", ":"].contains { paragraph.hasSuffix($0) } || paragraph.hasSuffix("tzdata."))
        }
        #expect(page.wrong.command == page.right.command || page.wrong.command.isEval)
    }

    @Test("the wrong example has the code and no other, the right one nothing", arguments: codes.sorted())
    func examples(code: String) async throws {
        let page = try #require(Pages.page(of: code))
        let wrong = try await told(page.wrong)
        #expect(Set(wrong.map(\.code)) == [code])
        // The severity of a page is that of its example.
        #expect(wrong.contains { $0.severity == page.severity.rawValue })
        #expect(try await told(page.right).map(\.code) == [])
    }

    @Test("a page shows what the command says of its wrong example", arguments: codes.sorted())
    func same(code: String) async throws {
        let page = try #require(Pages.page(of: code))
        if page.wrong.readsData { return }
        let shown = await Trial(page.wrong, in: try TestWorld.inLondon().world).findings()
        #expect(shown.map(\.message) == (try await told(page.wrong)).map(\.message))
    }

    /// The text with the paths of data as they are from wherever the tests run.
    private func absolute(_ text: String, _ world: TestWorld) -> String {
        ["data/", "secrets/"].reduce(text) { $0.replacing($1, with: world.folder.path + "/" + $1) }
    }

    /// What the command of an example says of its files on a disk.
    private func told(_ example: Example) async throws -> [Told] {
        let world = try TestWorld.inLondon()
        for file in example.files {
            let place = URL(filePath: world.folder.path).appending(path: file.path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(example.readsData ? Array(absolute(file.text, world).utf8) : file.bytes).write(to: place)
        }
        for (name, value) in example.environment { world.set(name, value) }
        let captured = CapturedConsole()
        _ = await world.run(example.arguments + ["--format", "json"], on: captured.console)
        let answer = try JSON.parse(Array(captured.text(.output).utf8))
        return Told.all(in: answer)
    }
}

/// A finding of an answer in JSON.
private struct Told {
    var code: String
    var severity: String
    var message: String

    private static func name(of test: Object) -> String {
        "the test '\(test["name"]?.text ?? "")' of \(test["sync"]?.text ?? "") fails"
    }

    /// Findings, wherever they stand in an answer; a held record, and a test that fails, is one too.
    static func all(in answer: Value) -> [Told] {
        guard case .object(let object) = answer else {
            guard case .list(let items) = answer else { return [] }
            return items.flatMap(all)
        }
        if let code = object["code"]?.text, let message = object["message"]?.text {
            return [Told(code: code, severity: object["severity"]?.text ?? "warning", message: message)]
        }
        let held = object["cause"]?.text.map { [Told(code: "cause:\($0)", severity: "error", message: "")] } ?? []
        let failed =
            object["passed"] == .bool(false)
            ? [Told(code: "failed-test", severity: "error", message: name(of: object))] : []
        return held + failed + object.values.flatMap(all)
    }
}

extension Example.Command {
    fileprivate var isEval: Bool { if case .eval = self { true } else { false } }
}

extension Example {
    /// The command line, as far as it is about the files.
    fileprivate var arguments: [String] {
        switch command {
        case .check: ["check"]
        case .test: ["test"]
        case .schedule: ["schedule"]
        case .plan: ["plan"]
        case .online: ["check", "--online"]
        case .eval(let expression): ["eval", expression, "--record", "@/record.json"]
        }
    }
}
