extension TestWorld {
    /// Two tickets on the left and one of them on the right, with a job that keeps them in step.
    convenience init(withSmallJob: Void) throws {
        try self.init()
        try write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: csv, path: '@/desk'}
              portal: {type: jsonl, path: '@/portal'}
            """)
        try write(
            "jobs/helpdesk.yaml",
            """
            job: helpdesk
            left: desk
            right: portal
            syncs:
              tickets:
                left: tickets
                right: requests
                match: id <-> number
                fields:
                  - id <-> number
                  - title <-> subject
            """)
        try write("desk/tickets.csv", "id,title\n1,VPN down\n2,Printer on fire\n")
        try write("portal/requests.jsonl", #"{"id":7,"number":"1","subject":"VPN down"}"# + "\n")
    }

    static let inStep = """
        {"id":7,"number":"1","subject":"VPN down"}
        {"id":8,"number":"2","subject":"Printer on fire"}

        """
}
