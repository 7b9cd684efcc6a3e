/// What `init` writes: two address books, a job that keeps them in step, and its tests.
enum StarterFiles {
    static let all: [(path: String, text: String)] = [
        ("jobs/connections.yaml", connections), ("jobs/contacts.yaml", job), ("jobs/contacts.test.yaml", tests),
        ("data/contacts.csv", contacts), ("data/people.json", people),
    ]

    private static let connections = """
        # What the jobs of this folder share: how to reach each system.
        connections:
          office:
            type: csv
            path: data/contacts.csv
          shop:
            type: json
            path: data/people.json

        """

    private static let job = """
        # Two address books in step: contacts.csv on the left, people.json on the right.
        job: contacts
        description: The office's contacts and the shop's people, both ways.
        left: office
        right: shop

        syncs:
          people:
            left: contacts
            right: people
            match: email <-> email          # how to pair those who are in both already
            fields:
              - name <-> name
              - email <-> email
              - state <-> status:
                  values: {active: open, gone: closed}
              - "'Office of ' + city -> source":
                  when: create            # only for people whom this job makes
            conflicts: hold                 # both changed the same field: ask a person

        """

    private static let tests = """
        # What the mapping of contacts.yaml has to do.
        job: contacts
        tests:
          - name: a contact becomes a person
            sync: people
            left: {id: "1", name: Ada Lovelace, email: ada@example.com, state: active, city: London}
            expect:
              right: {name: Ada Lovelace, status: open, source: Office of London}

        """

    private static let contacts = """
        id,name,email,state,city
        1,Ada Lovelace,ada@example.com,active,London
        2,Grace Hopper,grace@example.com,active,New York
        3,Alan Turing,alan@example.com,gone,Manchester

        """

    private static let people = """
        [
          {"id": 1, "name": "Ada Lovelace", "email": "ada@example.com", "status": "open"},
          {"id": 2, "name": "Edsger Dijkstra", "email": "edsger@example.com", "status": "open"}
        ]

        """
}
