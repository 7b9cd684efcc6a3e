import Diagnostics
import Model
import StateStore
import Values

/// What mends what a run left alone.
struct HoldRemedies {
    let sync: Sync
    let ids: Sides<String?>
    /// Where a key of the sync stands, or would.
    let placeOfKey: (String) -> String

    private var name: String { "\(sync.name)" }

    /// The record as commands name it.
    private var record: String {
        RecordName.text(ids) ?? ""
    }

    private var run: Remedy.Step { .command(["run", name, "--now"]) }
    private var retry: Remedy { Remedy(.command(["retry", name, record]), run) }

    private func resolve(_ side: Side) -> Remedy {
        Remedy(.command(["resolve", name, record, "--take", side.rawValue]), run)
    }

    /// - Parameter place: the line of the job file that decided.
    func remedies(for reason: Hold.Reason, at place: String?) -> [Remedy] {
        switch reason {
        case .ambiguousMatch(_, let candidates):
            guard let left = candidates.left.first?.key, let right = candidates.right.first?.key else {
                return [differ]
            }
            return [
                Remedy(.command(["link", name, "left:\(ids.left ?? left)", "right:\(ids.right ?? right)"]), run),
                differ,
            ]
        case .idTaken(let side, let id):
            let own = ids[side.other].map { side == .left ? [id.key, $0] : [$0, id.key] }
            let link = own.map { Remedy(.command(["link", name] + $0), run) }
            return [link, Remedy(.person("give one of them another id"), run)].compactMap(\.self)
        case .unmapped(let field, let value):
            return unmapped(value, sync.fields.first { $0.text.hasSameBytes(as: field) }, at: place)
        case .needsType(_, let now):
            return place.map { [Remedy(.option(key: "type", to: HoldWords.type(now), at: $0), run)] } ?? []
        case .madeInDoubt(let side, let candidates):
            guard let made = candidates.first?.key else { break }
            let link = ids[side.other].map { side == .left ? [made, $0] : [$0, made] }
            return [link.map { Remedy(.command(["link", name] + $0), run) }].compactMap(\.self) + [
                Remedy(
                    .person("if \(side) \(made) is the one that was made, give it all values of the other side"), run),
                Remedy(.person("if it is not, give it none of them"), run),
            ]
        case .notAllowed(let side, let verb): return notAllowed(verb, on: side)
        case .cannot(let side, let verb): return cannot(verb, on: side)
        default: break
        }
        return remedies(
            for: HoldWords(sync).cause(of: reason).name, at: place)
    }

    /// - Parameter cause: as the list of held records has it.
    func remedies(for cause: String, at place: String?) -> [Remedy] {
        switch cause {
        case "conflict", "first-values", "no-newest", "deleted-and-edited", "left-scope-and-edited":
            // What is taken from a side is written on the other.
            return Side.allCases.filter { sync.direction.writes(to: $0.other) }.map(resolve)
        case "unmapped-value":
            return place.map {
                [
                    Remedy(.person("add the value to the table at \($0)"), run),
                    Remedy(.option(key: "unmapped", to: "pass", at: $0), run),
                ]
            } ?? []
        // Which records they are is known once both sides were read.
        case "ambiguous-match": return [differ, .command("why", name, record, "--live")]
        case "refused":
            return [Remedy([.person("correct the record, or have the other side take it as it is")] + retry.steps)]
        case "not-permitted": return [Remedy([.person("grant the permission that is missing")] + retry.steps)]
        case "moved", "may-be-unread", "asked-later", "rate-limited", "in-doubt", "parent-made": return [Remedy(run)]
        case "oscillation":
            return [Remedy(.person("stop what sets the value back, then give both sides one value"), run)]
        // Which records it may be is known once both sides were read.
        case "create-in-doubt": return [.command("why", name, record, "--live")]
        case "malformed": return [Remedy(.person("correct the record"), run)]
        case "filter-error", "evaluation-error", "wrong-type", "not-an-id", "changes-id", "id-taken",
            "parent-cycle":
            return [
                Remedy(.person("correct the record"), run), Remedy(.person("correct the mapping\(at(place))"), run),
            ]
        case "no-new-id": return [Remedy(.person("map the field, or set 'new_id' for the collection"), run)]
        // What is to be done there is known once both sides were read.
        case "not-allowed", "not-possible": return [.command("why", name, record, "--live")]
        default: return [Remedy(run)]
        }
    }

    private func notAllowed(_ verb: WriteRequest.Verb, on side: Side) -> [Remedy] {
        var steps: [Remedy.Step] = []
        if !sync.direction.writes(to: side) {
            steps.append(.set(key: "direction", to: "two-way", at: placeOfKey("direction")))
        }
        if verb == .create, steps.isEmpty || !sync.creates.contains(side) {
            steps.append(.set(key: "creates", to: "both", at: placeOfKey("creates")))
        }
        return [Remedy(steps + [run])] + (verb == .delete ? [byHand(verb, on: side)] : [])
    }

    /// What a collection cannot do a person does there, or nobody.
    private func cannot(_ verb: WriteRequest.Verb, on side: Side) -> [Remedy] {
        [byHand(verb, on: side)]
    }

    /// An entry for the table, where the file has it.
    private func unmapped(_ value: Value, _ mapping: FieldMapping?, at place: String?) -> [Remedy] {
        let table = mapping?.values?.place?.fileAndLine ?? place
        let entry = table.map { Remedy(.person("add an entry for \(value.shown) to the table at \($0)"), run) }
        let pass = place.map { Remedy(.option(key: "unmapped", to: "pass", at: $0), run) }
        return [entry, pass].compactMap(\.self)
    }

    private func byHand(_ verb: WriteRequest.Verb, on side: Side) -> Remedy {
        let what = ids[side].map { "\(side) \($0)" } ?? "the record on the \(side)"
        return Remedy(.person("\(verb.rawValue) \(what) by hand"), run)
    }

    private var differ: Remedy {
        let keys = sync.match.map { "'\($0.text)'" }.joined(separator: " or ")
        return Remedy(.person("make the keys of these records differ: \(keys)"), run)
    }

    private func at(_ place: String?) -> String { place.map { " at \($0)" } ?? "" }
}
