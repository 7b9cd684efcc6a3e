import Model
package import Values

// What a file of a plan has beside what `plan --format json` shows: the members by which it is applied. Both ways stand here.
extension SyncReport {
    /// The members of the sync, but for its writes; nil where no plan was made, or but a part of one.
    package func evidence(_ workspace: Workspace) -> [(name: String, value: Value)]? {
        guard let plan, plan.rest == nil, let position else { return nil }
        let definition = workspace.definition(of: sync).sorted { $0.key.precedesByBytes($1.key) }
        return [
            ("definition", .object(Object(definition.map { ($0.key, .text($0.value)) }))),
            ("state", .object(["runs": .int(Int64(position.runs)), "lastRun": .text(position.lastRun)])),
            ("links", .list(plan.savedLinks.map { .object($0.object) })),
        ]
    }
}

extension SavedSync {
    init(_ object: Object) throws(SavedPlanMistake) {
        let members = Members(object)
        let names = try members.text("sync").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 2 else { throw SavedPlanMistake("'sync' names no sync") }
        let state = Members(try members.object("state"))
        self.init(
            sync: SyncName(job: names[0], sync: names[1]), digest: try members.text("digest"), definition: [:],
            state: StatePosition(runs: try state.count("runs"), lastRun: try state.text("lastRun")),
            brakes: [], writes: [])
        for (name, value) in try members.object("definition") {
            guard let text = value.text else { throw SavedPlanMistake("'definition' holds what is no text") }
            definition[name] = text
        }
        for value in object["brakes"]?.list ?? [] { brakes.append(try SavedBrake(value)) }
        for value in try members.list("links") { links.append(try SavedLink(value)) }
        writes.reserveCapacity(try members.list("writes").count)
        for value in try members.list("writes") { writes.append(try SavedWrite(value)) }
    }
}

extension SavedLink {
    fileprivate var object: Object {
        [
            "kind": .text(kind.rawValue), "left": ids.left?.value ?? .null, "right": ids.right?.value ?? .null,
            "link": .text(digest.description),
        ]
    }

    fileprivate init(_ value: Value) throws(SavedPlanMistake) {
        let members = try Members(value)
        guard let kind = Settlement.Kind(rawValue: try members.text("kind")),
            let digest = Fingerprint(try members.text("link"))
        else { throw SavedPlanMistake("'links' holds what is no link") }
        let ids = Sides(left: members.object["left"], right: members.object["right"])
        self.init(kind: kind, ids: ids.map { $0.flatMap(RecordID.init) }, digest: digest)
    }
}

extension SavedBrake {
    fileprivate init(_ value: Value) throws(SavedPlanMistake) {
        let members = try Members(value)
        self.init(
            limit: try members.text("limit"), side: try members.side("side"),
            field: members.object["field"]?.text ?? "",
            planned: try members.count("planned"))
    }
}

extension SavedWrite {
    /// What the write was made from, and by what it is known again.
    package var evidence: Object {
        var ids = Object()
        var prints = Object()
        for side in Side.allCases {
            ids[side.rawValue] = self.ids[side]?.value ?? .null
            prints[side.rawValue] = fingerprints[side].isOfContent ? .text(fingerprints[side].description) : .null
        }
        return [
            "ids": .object(ids), "linked": .bool(isLinked), "fingerprints": .object(prints),
            "write": .text(digest.description),
        ]
    }

    fileprivate init(_ value: Value) throws(SavedPlanMistake) {
        let members = try Members(value)
        let evidence = Members(try members.object("evidence"))
        guard let verb = WriteRequest.Verb(rawValue: try members.text("verb")) else {
            throw SavedPlanMistake("'verb' is none")
        }
        guard let digest = Fingerprint(try evidence.text("write")) else { throw SavedPlanMistake("'write' is none") }
        var ids = Sides<RecordID?>(left: nil, right: nil)
        var prints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        for side in Side.allCases {
            ids[side] = try evidence.object("ids")[side.rawValue].flatMap(RecordID.init)
            guard let text = try evidence.object("fingerprints")[side.rawValue]?.text else { continue }
            prints[side] = Fingerprint(text) ?? .none
        }
        var fields: [Field] = []
        for value in try members.list("fields") {
            let field = try Members(value)
            fields.append(
                Field(
                    path: try field.text("field"), before: field.object["before"] ?? .null,
                    after: field.object["after"] ?? .null))
        }
        self.init(
            verb: verb, side: try members.side("side"), ids: ids, isLinked: evidence.object["linked"] == .bool(true),
            fields: fields, fingerprints: prints, digest: digest)
    }
}

/// A member of a saved plan that is missing, or of another kind.
struct SavedPlanMistake: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

/// The members of an object of which each must be there.
private struct Members {
    let object: Object

    init(_ object: Object) { self.object = object }

    init(_ value: Value) throws(SavedPlanMistake) {
        guard case .object(let object) = value else {
            throw SavedPlanMistake("an object is expected where there is none")
        }
        self.object = object
    }

    func text(_ name: String) throws(SavedPlanMistake) -> String {
        guard let text = object[name]?.text else { throw SavedPlanMistake("it lacks '\(name)'") }
        return text
    }

    func object(_ name: String) throws(SavedPlanMistake) -> Object {
        guard case .object(let object)? = object[name] else { throw SavedPlanMistake("it lacks '\(name)'") }
        return object
    }

    func list(_ name: String) throws(SavedPlanMistake) -> [Value] {
        guard let list = object[name]?.list else { throw SavedPlanMistake("it lacks '\(name)'") }
        return list
    }

    func side(_ name: String) throws(SavedPlanMistake) -> Side {
        guard let side = Side(rawValue: try text(name)) else { throw SavedPlanMistake("'\(name)' is no side") }
        return side
    }

    func count(_ name: String) throws(SavedPlanMistake) -> Int {
        guard let count = object[name]?.exactNumber?.int64.flatMap({ Int(exactly: $0) }), count >= 0 else {
            throw SavedPlanMistake("'\(name)' is no count")
        }
        return count
    }
}
