internal import Model
internal import TestKit

// What goes wrong in a run.
extension Machine {
    /// Prepares what is to happen in the next run.
    func arm(_ step: Step, _ death: Death) {
        let (a, b, c) = (step.numbers[0], step.numbers[1], step.numbers[2])
        let connection = a & 1 == 0 ? "desk" : "shop"
        let collection = a & 6 == 6 ? "companies" : "things"
        guard step.verb != .die, let server = servers["\(connection)/\(collection)"] else { return }
        let number = 1 + b % 12
        switch step.verb {
        case .fault:
            let fault = FakeFault.allCases[c % FakeFault.allCases.count]
            // A record that vanishes was deleted by nobody.
            if fault == .vanishes || ([.truncated, .shifts].contains(fault) && !isTold(server, collection)) { return }
            server.fail(fault, at: number)
            people.tell("\(fault) at call \(number) of \(connection)/\(collection)")
        case .dieAtCall:
            server.fail(c & 1 == 0 ? .unreachable : .lost, at: number)
            server.meanwhile(at: number) { _ in death.die() }
            people.tell(
                "death at call \(number) of \(connection)/\(collection), \(c & 1 == 0 ? "before" : "after") it took effect"
            )
        default:
            let (people, side) = (people, a & 1 == 0 ? Side.left : .right)
            let before = server.log.count
            server.meanwhile(at: number) { server in
                // A server that does not tell what it stored is asked for it right after: what it says then is what it stored, whoever
                // wrote it.
                let written = server.options.tellsWhatItStored ? [] : server.log.dropFirst(before).map(\.id)
                people.edit(side, a, b, c, sparing: Set(written))
            }
        }
    }

    /// Whether a run can tell that a listing lacks records: by their number, or by asking for those that it knows. Those that it does not
    /// know, and that are on the other side too, it would make again.
    private func isTold(_ server: FakeServer, _ collection: String) -> Bool {
        if server.options.tellsCount { return true }
        let unmet = people.remember { $0.things.values.contains { !$0.isMet } }
        return server.options.readsByID && collection == "things" && !unmet
    }
}
