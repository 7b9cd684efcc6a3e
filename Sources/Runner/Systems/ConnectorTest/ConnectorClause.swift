import Model

/// What every connector owes of a collection in which the system gives the ids, clause by clause. A connector passes all of them
/// against the real thing; a clause that is about something that a collection does not have is passed over, with the reason.
package struct ConnectorClause: Sendable, CustomStringConvertible {
    /// A sentence that holds where the clause is kept.
    package let description: String
    /// Throws a ``Breach`` where it is not kept, and ``NotAsked`` where there is nothing to ask.
    let check: @Sendable (ConnectorBench) async throws -> Void

    init(_ description: String, _ check: @escaping @Sendable (ConnectorBench) async throws -> Void) {
        self.description = description
        self.check = check
    }

    /// In their order: what later ones lean on comes first.
    package static let all: [ConnectorClause] = reading + writing + pages + changes + values + refusals

    /// How a clause was found to be broken.
    struct Breach: Error {
        var reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// Why a clause says nothing of a collection.
    struct NotAsked: Error {
        var reason: String

        init(_ reason: String) { self.reason = reason }
    }
}

/// What came of a clause.
package struct ConnectorFinding: Sendable {
    package enum Verdict: Sendable, Hashable {
        case kept
        case broken(String)
        /// It says nothing of this collection.
        case passedOver(String)
    }

    package var clause: String
    package var verdict: Verdict

    package var isBroken: Bool {
        if case .broken = verdict { true } else { false }
    }
}

extension ConnectorSubject {
    /// Holds the collection to the clauses, one after the other, and removes what that made.
    ///
    /// - Parameter told: is given each finding as it is made.
    package func findings(
        _ clauses: [ConnectorClause] = ConnectorClause.all, told: (ConnectorFinding) -> Void = { _ in }
    ) async -> [ConnectorFinding] {
        let bench = ConnectorBench(self)
        var findings: [ConnectorFinding] = []
        func note(_ clause: String, _ verdict: ConnectorFinding.Verdict) {
            let finding = ConnectorFinding(clause: clause, verdict: verdict)
            findings.append(finding)
            told(finding)
        }
        for clause in clauses { note(clause.description, await verdict(clause, bench)) }
        note("nothing is left behind", await bench.leaveNothing())
        return findings
    }

    private func verdict(_ clause: ConnectorClause, _ bench: ConnectorBench) async -> ConnectorFinding.Verdict {
        do {
            try await clause.check(bench)
            return .kept
        } catch let breach as ConnectorClause.Breach {
            return .broken(breach.reason)
        } catch let none as ConnectorClause.NotAsked {
            return .passedOver(none.reason)
        } catch let failure as EndpointFailure {
            return .broken(FailureWords.sentence(failure))
        } catch let failure as RecordFailure {
            return .broken(failure.message)
        } catch {
            return .broken("\(error)")
        }
    }
}
