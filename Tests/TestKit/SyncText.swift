internal import Diagnostics
internal import JobFiles
package import Model

/// A sync as a job file has it: the lines that stand below its name, read and checked as those of a job are.
package struct SyncText: Sendable {
    /// What is wrong with the lines, where something is.
    package struct Mistake: Error, CustomStringConvertible {
        package let description: String
    }

    package let sync: Sync

    /// - Parameter lines: the keys of the sync; both sides have a collection `things` where the lines name none. A second sync of
    ///   the job, `companies`, stands ready to be linked to.
    package init(_ lines: String) throws {
        let sides = ["left", "right"].filter { side in
            !lines.split(separator: "\n").contains { $0.hasPrefix(side + ":") }
        }
        let all = sides.map { "\($0): things" } + lines.split(separator: "\n").map(String.init)
        let job = """
            job: crm
            left: desk
            right: shop
            syncs:
              companies:
                left: companies
                right: companies
                fields: [name <-> name]
              things:
            """ + all.map { "\n    " + $0 }.joined() + "\n"
        let connections = "connections:\n  desk: {type: memory}\n  shop: {type: memory}\n"
        let files = [
            SourceText(name: "jobs/crm.yaml", job), SourceText(name: "jobs/connections.yaml", connections),
        ]
        let memory = ConnectorType(name: "memory", summary: "Records in memory")
        let checked = JobFolder(files).check(in: Surroundings(connectors: [memory]))
        guard let sync = checked.jobs.first?.syncs.first(where: { $0.name.sync == "things" }) else {
            let render = HumanRenderer { file in files.first { $0.name == file } }
            throw Mistake(description: render.render(checked.diagnostics))
        }
        self.sync = sync
    }
}

extension Sync {
    /// The same sync with its sides exchanged.
    package var mirrored: Sync {
        var sync = self
        sync.collections = collections.mirrored
        sync.direction =
            switch direction {
            case .twoWay: .twoWay
            case .leftToRight: .rightToLeft
            case .rightToLeft: .leftToRight
            }
        sync.creates = Set(creates.map(\.other))
        sync.archive = archive.mirrored
        sync.conflicts = conflicts.mirrored
        sync.firstValues =
            switch firstValues {
            case .left: .right
            case .right: .left
            default: firstValues
            }
        sync.match = match.map { rule in
            var rule = rule
            rule.keys = rule.keys.mirrored
            return rule
        }
        sync.fields = fields.map(\.mirrored)
        return sync
    }
}

extension FieldMapping {
    fileprivate var mirrored: FieldMapping {
        var mapping = self
        if case .to(let side) = flow { mapping.flow = .to(side.other) }
        mapping.ends = ends.mirrored
        mapping.values = values.map { ValueTable(lookups: $0.lookups.mirrored) }
        mapping.conversions = conversions.mirrored
        mapping.conflicts = conflicts.mirrored
        return mapping
    }
}

extension ConflictPolicy {
    fileprivate var mirrored: ConflictPolicy {
        switch self {
        case .left: .right
        case .right: .left
        default: self
        }
    }
}

extension Sides {
    /// Left and right exchanged.
    package var mirrored: Sides { Sides(left: right, right: left) }
}
