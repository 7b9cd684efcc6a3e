import Diagnostics
import JobFiles
import Model
import Runner
import Values

/// What a command works with: the world, where its words go, and what the options say of both.
struct Session: Sendable {
    let world: World
    let console: Console
    let options: SharedOptions

    var isJSON: Bool { options.format == .json }
    /// Whether to say that there was nothing to say.
    var isChatty: Bool { !options.quiet && (console.isTerminal.output || options.verbose) }

    /// The colours of a channel.
    func style(_ channel: Console.Channel) -> Style {
        let isTerminal = channel == .output ? console.isTerminal.output : console.isTerminal.errors
        switch options.color {
        case .always: return Style(isOn: true)
        case .never: return Style(isOn: false)
        case .auto:
            let forbids = world.environment("NO_COLOR").map { !$0.isEmpty } ?? false
            return Style(isOn: isTerminal && !forbids && world.environment("TERM") != "dumb")
        }
    }

    /// Says that something is wrong that is in no file.
    func complain(_ message: String) {
        console.err(style(.errors).paint("error:", .red) + " \(message.escapedForDisplay)\n")
    }

    /// What the mappings of some jobs do not read back as it was written; with `-v` also where the job file says what comes back.
    func roundTrips(_ names: [String], _ workspace: Workspace) async -> [Diagnostic] {
        let allowances = workspace.allowances
        return await shown(workspace.roundTrips(names, world: world).filter { !allowances.allow($0) })
    }

    /// All that is wrong with, or odd about, the files of some jobs, of all where none is named, but for what they allow.
    ///
    /// - Parameters:
    ///   - knowledge: from where it is known what collections hold.
    ///   - more: what was found beside what the files tell.
    func findings(
        _ names: [String], _ workspace: Workspace, _ knowledge: SchemaKnowledge = .committed,
        and more: [Diagnostic] = []
    ) async -> [Diagnostic] {
        await shown(workspace.findings(names, world: world, knowledge, and: more))
    }

    private func shown(_ found: [Diagnostic]) -> [Diagnostic] {
        found.filter { options.verbose || $0.severity > .note }
    }

    /// Answers with a line of JSON.
    func answer(_ object: Object) {
        console.out(JSON.text(.object(object)) + "\n")
    }

    func renderer(_ channel: Console.Channel, _ workspace: Workspace?) -> HumanRenderer {
        // The lines of source get what the numbers of lines and the ellipses leave.
        let width = channel == .output ? screen.columns.map { min(100, $0 - 12) } : nil
        return HumanRenderer(color: style(channel).isOn, width: width ?? 100) { workspace?.sources[$0] }
    }
}

extension Workspace {
    /// What `check` tells of some jobs, of all where none is named, notes and all.
    func findings(
        _ names: [String], world: World, _ knowledge: SchemaKnowledge = .committed, and more: [Diagnostic] = []
    ) async -> [Diagnostic] {
        let mistakes = names.isEmpty ? diagnostics : diagnostics(of: Set(names))
        let broken = brokenJobs
        let found = await mistakes + roundTrips(names, world: world) + more
        return allowances.applied(to: found, codes: Pages.severities) { file, code in
            switch kind(of: file) {
            case .job(let name), .tests(of: let name):
                (names.isEmpty || names.contains(name)) && !broken.contains(name)
                    && isKnown(code, ofJob: name, by: knowledge)
            case .connections, nil: broken.isEmpty
            }
        }
    }
}

/// The colours of ANSI terminals, or none.
struct Style: Sendable {
    enum Paint: String {
        case bold = "1"
        case dim = "2"
        case red = "1;31"
        case green = "32"
        case yellow = "33"
    }

    let isOn: Bool

    func paint(_ text: String, _ paint: Paint) -> String {
        isOn ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }
}
