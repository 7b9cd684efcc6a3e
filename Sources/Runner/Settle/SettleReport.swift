package import Model
import Reconcile
import StateStore
import Values

/// What was settled of a sync, and what follows from it.
package struct SettleReport: Sendable {
    /// A link, or two records without one.
    package struct Record: Sendable, Hashable {
        package var ids: Sides<String?>
        /// The fields that were settled, as arrows; empty for the whole record.
        package var fields: [String] = []
        /// Of a record that was left alone, why.
        package var reason = ""
    }

    package var sync: SyncName
    package var settled: [Record] = []
    /// Records that were named, and of which there was nothing to settle.
    package var leftAlone: [Record] = []
    /// What the next run would write of the records that were settled, and what of them it would hold.
    package var next: [PlannedWrite] = []
    package var held: [HeldRecord] = []
}

extension OpenSync {
    /// Adds what the next run would do with records that have just been settled.
    func foresee(_ report: inout SettleReport) async throws(SettleFailure) {
        do throws(RunFailure) {
            let store = try run.onState { () throws(StateFailure) in
                try SyncStore(run.folder, fields: sync.fields.map(\.text))
            }
            let snapshots = try await run.read(store, Sides(left: nil, right: nil))
            let now = run.world.now()
            let attempts = try run.attempts(now)
            var inputs = try run.inputs(store, snapshots, SettledCreates())
            inputs.putOff = attempts.putOff
            let next = run.report(Planner.plan(inputs), [], attempts, now)
            let settled = Sides(
                left: Set(report.settled.compactMap(\.ids.left)), right: Set(report.settled.compactMap(\.ids.right)))
            report.next = (next.plan?.operations.indices ?? 0..<0).compactMap(next.write).filter { write in
                settled[write.side].contains(write.id.key) || settled[write.side.other].contains(write.partner.key)
            }
            report.held = next.heldRecords.filter { held in
                Side.allCases.contains { side in held.ids[side].map(settled[side].contains) ?? false }
            }
        } catch {
            throw .run(error)
        }
    }

    func ids(of link: Int) -> Sides<String?> {
        Sides(left: store.links.id(link, .left).key, right: store.links.id(link, .right).key)
    }

    /// Something to be remembered of a link; that a record was out of scope stays known.
    func mark(_ link: Int, _ kind: Settlement.Kind, base: Base? = nil, in plan: inout Plan) {
        let marks = Sides(left: store.links.fingerprint(link, .left), right: store.links.fingerprint(link, .right))
            .map { $0 == .frozen ? Fingerprint.frozen : .none }
        var bytes: [UInt8] = []
        base?.encode(to: &bytes)
        let ids = Sides(
            left: plan.intern(store.links.id(link, .left)), right: plan.intern(store.links.id(link, .right)))
        plan.settlements.append(
            Settlement(
                kind: kind, link: Int32(link), ids: ids,
                fingerprints: kind == .forget ? Sides(left: .none, right: .none) : marks,
                base: plan.arena.append(bytes)))
    }
}
