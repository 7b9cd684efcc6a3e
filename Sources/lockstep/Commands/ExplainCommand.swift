import ArgumentParser
import Diagnostics
import Runner

/// Says what a code in brackets means, with a wrong and a right example.
struct ExplainCommand: SessionCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Says what the code of a message means, with a wrong and a right example.",
        discussion: """
            The code is what stands in brackets behind a message. Without one, all codes are listed. What is said of the \
            wrong example is found out by checking it. Asks no other system and reads no files.
            """)

    @Argument(
        help: ArgumentHelp("The code, such as 'no-way-back'; all where none is named.", valueName: "code"),
        completion: .custom { _, _, prefix in Pages.all.map(\.code).filter { $0.hasPrefix(prefix) } })
    var code: String?

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard let code, Pages.page(of: code) == nil else { return }
        let shown = code.escapedForDisplay
        if Cause.allCases.contains(where: { $0.name == code }) {
            throw ValidationError(
                "'\(shown)' is no code of a message but a cause, which 'lockstep why' names and tells how to mend")
        }
        let near = nearestOrLongerName(to: code, in: Pages.all.map(\.code))
        let hint = near.map { "did you mean '\($0)'?" } ?? "'lockstep explain' lists all codes"
        throw ValidationError("there is no code '\(shown)'; \(hint)")
    }

    func run(_ session: Session) async throws -> CommandEnd {
        guard let page = code.flatMap(Pages.page) else {
            session.isJSON ? session.answer(PageJSON.list) : session.say(PageView.list(session.style(.output)))
            return .inStep
        }
        let wrong = Trial(page.wrong, in: session.world)
        // What else the wrong example may be is no matter of this page.
        let findings = await wrong.findings().filter { $0.code == page.code }
        if session.isJSON {
            session.answer(PageJSON.page(page, findings))
        } else {
            let renderer = HumanRenderer(
                color: session.style(.output).isOn, width: PageView.columns(session.screen) - 14, source: wrong.source)
            session.console.out(PageView(page, renderer.render(findings), session.screen).text)
        }
        return .inStep
    }
}
