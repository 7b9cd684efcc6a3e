import Diagnostics
import FileIO
import Glibc
import JobFiles
import Model
import Runner
import StateStore
import Synchronization
import TestKit
import Testing
import Values

/// Where a scenario is played: real job files, real data files and a real state folder. What the runs of a process that died handed to
/// the kernel is what the next run finds; nothing is synced to a device, which would add nothing but time.
///
/// Names are those of the connections, `desk` and `shop`, whichever of them is on the left.
struct Stage {
    let scenario: Scenario
    let isMirrored: Bool
    let scratch: ScratchFolder
    var now = Timestamp("2026-11-21T10:00:00Z") ?? .earliest
    private(set) var job = JobText()
    /// What each data file holds, as far as the scenario tells.
    private var expected: [String: String] = [:]
    private var claims: [String: SyncClaim] = [:]
    /// What the disk does in the next run.
    private(set) var script: DiskScript?
    private var jobAsWritten: String?

    init(_ scenario: Scenario, mirrored: Bool = false) throws {
        self.scenario = scenario
        isMirrored = mirrored
        scratch = try ScratchFolder(inMemory: true)
        for folder in ["jobs", "desk", "shop"] { try Disk().makeFolder(path + "/" + folder) }
    }

    var path: String { scratch.path }

    func name(_ side: Side) -> String { (side == .left) != isMirrored ? "desk" : "shop" }

    /// Whether all befalls the run that the scenario says, and nothing else can.
    var isDisturbed: Bool { script != nil || !claims.isEmpty }

    func world(_ disk: Disk) -> World {
        let now = now
        return World(now: { now }, environment: { _ in nil }, disk: disk, holder: { "the test" })
    }
}

// The steps that are no runs.
extension Stage {
    /// Does what a step says; nothing for a run.
    mutating func take(_ step: Scenario.Step) throws {
        if job.take(step) { return }
        switch step.verb {
        case "edit": try edit(step.words[1], step.body)
        case "replace": try replace(step.words[1], step.body)
        case "remove": try remove(step.rest)
        case "cut": try cut(step.words[1], Int(step.rest) ?? 0)
        case "copy": try copy(step.words[1], to: step.rest)
        case "mode": chmod(path + "/" + step.words[1], mode_t(step.rest, radix: 8) ?? 0o600)
        case "clock": now = Timestamp(step.rest) ?? now
        case "claim": claims[step.words[1]] = try folder(of: step.words[1]).claim(holder: step.rest)
        case "release": claims[step.rest] = nil
        case "refuse", "die", "meanwhile": try disturb(step)
        case "expect": try expect(step.words[1], step.text)
        case "run", "plan", "from": break
        default:
            guard step.verb.contains("/") else { throw Breach("line \(step.line): no step is called '\(step.verb)'") }
            try write(step.verb, step.text)
        }
    }

    private func folder(of sync: String) -> SyncFolder {
        StateFolder(path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: sync))
    }

    private mutating func write(_ file: String, _ text: String) throws {
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        try Disk().makeFolder(path + "/" + folder)
        try scratch.write(file, text)
        if isData(file) { expected[file] = text }
    }

    private func isData(_ file: String) -> Bool { file.hasPrefix("desk/") || file.hasPrefix("shop/") }

    /// Lines that begin with `-` go, each of which stands in the file once; those with `+` come in the place of the one before, else at
    /// the end.
    private mutating func edit(_ file: String, _ changes: [String]) throws {
        var lines = try scratch.text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines.removeLast()
        var at: Int?
        for change in changes {
            let line = String(change.dropFirst(2))
            if change.hasPrefix("+") {
                lines.insert(line, at: at ?? lines.count)
                at = at.map { $0 + 1 }
            } else {
                let found = lines.indices.filter { lines[$0] == line }
                guard found.count == 1 else { throw Breach("'\(line)' stands \(found.count) times in \(file)") }
                lines.remove(at: found[0])
                at = found[0]
            }
        }
        try write(file, lines.map { $0 + "\n" }.joined())
    }

    /// Puts the text of the second line in the place of that of the first, which stands in the file once.
    private mutating func replace(_ file: String, _ lines: [String]) throws {
        let (old, new) = (String(lines[0].dropFirst(2)), String(lines[1].dropFirst(2)))
        let parts = try scratch.text(file).split(separator: old, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Breach("'\(old)' stands \(parts.count - 1) times in \(file)") }
        try write(file, parts.joined(separator: new))
    }

    private mutating func remove(_ file: String) throws {
        expected[file] = nil
        let tree = try FileTree(path)
        let files = tree.files.keys.filter { $0 == file || $0.hasPrefix(file + "/") }
        guard !files.isEmpty else { throw Breach("there is no \(file)") }
        for name in files { try Disk().remove(path + "/" + name) }
        for folder in tree.folders.sorted().reversed() where folder == file || folder.hasPrefix(file + "/") {
            rmdir(path + "/" + folder)
        }
    }

    private mutating func cut(_ file: String, _ size: Int) throws {
        let bytes = try scratch.read(file)
        try scratch.write(file, Array(size < 0 ? bytes.dropLast(-size) : bytes.prefix(size)))
    }

    private func copy(_ file: String, to target: String) throws {
        try Disk().makeFolder(path + "/" + target.split(separator: "/").dropLast().joined(separator: "/"))
        try scratch.write(target, try scratch.read(file))
    }

    /// `refuse KIND FILE: REASON`, `die KIND FILE`, `meanwhile KIND FILE: edit FILE` with its lines: at the first such operation of the
    /// next run.
    private mutating func disturb(_ step: Scenario.Step) throws {
        guard let kind = DiskOperation.Kind(rawValue: step.words[1].replacing("_", with: " ")) else {
            throw Breach("line \(step.line): no operation is called \(step.words[1])")
        }
        let point = DiskPoint(DiskOperation(kind, path + "/" + step.words[2]), occurrence: 1)
        switch step.verb {
        case "refuse": script = DiskScript(.refusal(Int32(step.rest) ?? EIO), at: point)
        case "die": script = DiskScript(step.rest == "torn" ? .tornDeath : .death, at: point)
        default:
            var later = self
            let file = step.rest.split(separator: " ").last.map(String.init) ?? ""
            let before = try scratch.text(file)
            try later.edit(file, step.body)
            expected = later.expected
            let (text, root) = (try scratch.text(file), path)
            try scratch.write(file, before)
            let isDone = Mutex(false)
            script = DiskScript(observe: { operation in
                guard operation == point.operation, isDone.withLock({ done in (done, done = true).0 == false }) else {
                    return
                }
                // As an editor might: in place.
                if let written = try? Disk().openToAppend(root + "/" + file) {
                    try? written.truncate(to: 0)
                    try? written.write(text)
                    try? written.flush()
                }
            })
        }
    }

    private mutating func expect(_ file: String, _ text: String) throws {
        let now = (try? scratch.text(file)) ?? "(no file)\n"
        #expect(now == text, "\(scenario.testDescription): \(file)")
        expected[file] = text
    }

    /// That every data file is as it was last told to be.
    func expectAsTold() throws {
        for (file, text) in expected {
            #expect((try? scratch.text(file)) == text, "\(scenario.testDescription): at the end, \(file)")
        }
    }
}

// Runs.
extension Stage {
    /// The job files as they now are on disk.
    mutating func workspace() throws -> Workspace {
        let text = isMirrored ? try MirroredJob.text(of: job.text) : job.text
        if text != jobAsWritten {
            try scratch.write("jobs/crm.yaml", text)
            try scratch.write("jobs/connections.yaml", connections())
            jobAsWritten = text
        }
        let workspace = try Workspace.load(jobs: path + "/jobs", state: path + "/state", world: world(Disk()))
        guard !workspace.checked.hasErrors else {
            throw Breach(HumanRenderer { workspace.sources[$0] }.render(workspace.diagnostics))
        }
        return workspace
    }

    private func connections() throws -> String {
        var lines = ["connections:"]
        for folder in ["desk", "shop"] {
            let names = try Disk().list(path + "/" + folder)
            let type = names.first?.split(separator: ".").last.map(String.init) ?? "csv"
            let options = job.connections[folder].map { ", " + $0 } ?? ""
            lines.append("  \(folder): {type: \(type), path: \(path)/\(folder)\(options)}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    func reports(
        _ workspace: Workspace, _ mode: JobRunner.Mode, _ disk: Disk, due: Bool = false, part: RunPart = RunPart()
    ) async throws -> [SyncReport] {
        var runner = JobRunner(workspace, world: world(disk), evenIfNotDue: !due)
        runner.part = part
        return try await runner.run(Selection(), mode)
    }

    /// Carries out what a run step says, whatever brake it accepts.
    func run(
        _ step: Scenario.Step, _ workspace: Workspace, _ disk: Disk, evenIfNotDue: Bool = false
    ) async throws -> [SyncReport] {
        var digest: String?
        if step.words.contains("accepting") {
            digest = try await reports(workspace, .plan, Disk()).compactMap { $0.plan?.digest }.first
        }
        return try await reports(
            workspace, .run(accepting: digest), disk, due: step.words.contains("due") && !evenIfNotDue, part: step.part)
    }

    /// What a step expects that its run comes to: what is said, then what is held, a line each.
    func expectation(_ step: Scenario.Step) -> [String] { [step.rest] + step.body }

    func told(_ reports: [SyncReport]) -> [String] {
        let texts = reports.map { report in
            (report.sync.sync == "things" && reports.count == 1 ? "" : report.sync.sync + " ") + outcome(report)
        }
        return [texts.joined(separator: "; ")] + reports.flatMap { $0.heldRecords.map(held) }
    }

    func held(_ record: HeldRecord) -> String {
        let ids = isMirrored ? Sides(left: record.ids.right, right: record.ids.left) : record.ids
        return "\(record.state.rawValue) \(ids.left ?? "")=\(ids.right ?? "") \(record.cause)"
    }

    private func outcome(_ report: SyncReport) -> String {
        switch report.outcome {
        case .untouched: return "untouched"
        case .planned:
            let counts = report.written
            let sides: [Side] = isMirrored ? [.right, .left] : [.left, .right]
            let parts = sides.compactMap { side -> String? in
                let count = counts[side]
                let words = [("+", count.creates), ("~", count.updates), ("-", count.deletes)].filter { $0.1 > 0 }
                return words.isEmpty ? nil : name(side) + words.map { " \($0)\($1)" }.joined()
            }
            return (parts.isEmpty ? "nothing" : parts.joined(separator: ", "))
                + (report.items.isEmpty ? "" : ", held \(report.items.count)")
        case .refused(let refusals):
            let words = refusals.map { BrakeWords(report.sync, $0).sentence }
            return "brake: " + named(words.sorted().joined(separator: ", "))
        case .failed(let failure): return "failed: " + named(FailureWords(failure).sentence)
        case .disconnected(let trouble): return "stopped: \(trouble.sentence)"
        case .locked(let holder): return "locked by \(holder)"
        case .waits(let parent): return "waits for \(parent)"
        case .stopped(let stop, let left): return "\(stop.words), left \(left ?? 0)"
        case .notDue: return "not due"
        case .tooSoon: return "too soon"
        case .disabled: return "disabled"
        case .paused: return "paused"
        }
    }

    /// A sentence with the names of the connections for those of the sides, and paths from the folder on.
    private func named(_ sentence: String) -> String {
        var words: [String] = []
        for part in sentence.replacing(path + "/", with: "").split(separator: " ", omittingEmptySubsequences: false) {
            let word = part.filter { $0.isLetter }
            guard let side = Side(rawValue: word) else {
                words.append(String(part))
                continue
            }
            // What is left of the space on a device is on no side.
            words.append(words.last == "space" ? word : String(part).replacing(word, with: name(side)))
        }
        return words.joined(separator: " ")
    }

    /// What counts of the end of a run: the data files, and what is held.
    func end(_ workspace: Workspace) throws -> [String] {
        let tree = try FileTree(path)
        let files = tree.files.filter { isData($0.key) }.sorted { $0.key < $1.key }
        let items = try workspace.status(Selection(), world: world(Disk())).flatMap { status in
            status.held.map { "\(status.sync.sync): " + held($0) }
        }
        return files.map { "\($0.key):\n" + String(decoding: $0.value.bytes, as: UTF8.self) } + items.sorted()
    }

    mutating func runIsOver() {
        script?.finish()
        script = nil
    }
}
