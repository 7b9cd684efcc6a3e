import Diagnostics
import Model

extension Rule {
    /// Where records are to be archived, it is said what an archived one looks like; and where that is said, something archives.
    static let archives = Rule { subject, findings in
        for sync in subject.drafts.jobs.flatMap(\.syncs) {
            let policies = policies(sync)
            missing(sync, policies, &findings)
            guard let archive = sync.archive else { continue }
            if policies.isEmpty {
                findings.add(
                    .optionWithoutEffect,
                    "'archive' has no effect without 'deletes: archive' or 'out_of_scope: archive'", at: archive.place)
            }
            againstDirection(sync, archive, &findings)
        }
    }

    /// The policies that archive: the words, where they stand, and the sides whose records they archive.
    private static func policies(_ sync: SyncDraft) -> [(text: String, place: Place, sides: [Side])] {
        let written = Side.allCases.filter(sync.effectiveDirection.writes(to:))
        var policies: [(text: String, place: Place, sides: [Side])] = []
        if let deletes = sync.deletes, deletes.content == .archive {
            policies.append(("deletes: archive", deletes.place, written))
        }
        if let scope = sync.outOfScope, scope.content == .archive {
            let sides = written.filter { sync.collections[$0.other]?.filter != nil }
            policies.append(("out_of_scope: archive", scope.place, sides))
        }
        return policies
    }

    private static func missing(
        _ sync: SyncDraft, _ policies: [(text: String, place: Place, sides: [Side])], _ findings: inout Findings
    ) {
        for policy in policies {
            for side in policy.sides where sync.archive?.rows[side]?.isEmpty ?? true {
                findings.add(
                    .missingOption,
                    "'\(policy.text)' needs to know what an archived record looks like on the \(side.rawValue)",
                    at: policy.place, hint: "such as 'archive: {\(side.rawValue): {state: closed}}'")
            }
        }
    }

    private static func againstDirection(_ sync: SyncDraft, _ archive: ArchiveDraft, _ findings: inout Findings) {
        guard let direction = sync.direction, let unwritten = direction.content.unwritten,
            archive.rows[unwritten] != nil
        else { return }
        findings.add(
            .againstDirection,
            "'archive' writes to the \(unwritten.rawValue), which '\(direction.content.rawValue)' does not",
            at: archive.place, notes: [.init("the direction stands here", at: direction.place)])
    }
}
