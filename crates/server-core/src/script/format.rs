//! The format of script files, as data: every object, every field, what it holds and means.
//!
//! The checker and the JSON Schema both read this table, so neither can know a field that the
//! other does not. Fields that begin with `x-` are everybody's own and stand nowhere here.

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// A text that is said: a string, or one string for each language.
    Said,
    /// A string that is not said.
    Words,
    /// `true` or `false`.
    Flag,
    /// A name that this place gives.
    Name,
    /// The name of a step.
    StepName,
    /// The name of an answer of the step beside it.
    AnswerName,
    /// The name of a variable.
    Variable,
    /// A BCP 47 language tag.
    Language,
    /// A path or address with `*`.
    Page,
    /// An address to open.
    Link,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list with at least one of these in it.
    List(&'static Holds),
    /// An object.
    Object(&'static Shape),
    /// An object whose `type` says which of these it is.
    Typed(&'static [Shape]),
    /// An object whose first field says which of these it is.
    Keyed(&'static [Shape]),
}

/// One kind of object.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its `type`, or its first field, or its name.
    pub(super) name: &'static str,
    /// What it is for.
    pub(super) means: &'static str,
    /// Its fields.
    pub(super) fields: &'static [Field],
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) required: bool,
    pub(super) means: &'static str,
}

const fn must(name: &'static str, holds: Holds, means: &'static str) -> Field {
    Field {
        name,
        holds,
        required: true,
        means,
    }
}

const fn may(name: &'static str, holds: Holds, means: &'static str) -> Field {
    Field {
        name,
        holds,
        required: false,
        means,
    }
}

/// A whole file.
pub(super) const SCRIPT: Shape = Shape {
    name: "script",
    means: "A chatbot's script.",
    fields: &[
        may(
            "$schema",
            Holds::Words,
            "The address of this schema, for editors.",
        ),
        must(
            "name",
            Holds::Words,
            "What agents and reports call the script.",
        ),
        must(
            "languages",
            Holds::List(&Holds::Language),
            "BCP 47 tags. Every text is in all of them; the first is spoken to everybody whose language is not among them.",
        ),
        may(
            "typing",
            Holds::OneOf(&["natural", "none"]),
            "`natural` (default): a pause before each message, longer before a longer one. `none`: no pause.",
        ),
        must(
            "steps",
            Holds::List(&Holds::Typed(&STEPS)),
            "The steps, in order. After the last one the script is over.",
        ),
    ],
};

const ID: Field = must(
    "id",
    Holds::Name,
    "The step's name: letters, digits, `-` and `_`, at most 64.",
);
const TYPE: Field = must("type", Holds::Words, "What the step does.");
const IF: Field = may(
    "if",
    Holds::List(&Holds::Keyed(&CONDITIONS)),
    "When the step takes place. Conditions about the same thing are alternatives, conditions about different things must all hold. A step that does not take place is passed over.",
);
const TEXT: Field = must("text", Holds::Said, "What is said.");
const GO_TO: Field = may(
    "go_to",
    Holds::StepName,
    "The step to go on with; otherwise the one after this.",
);
const SAVE_AS: Field = may(
    "save_as",
    Holds::Variable,
    "The variable that keeps the answer, for `{{name}}` in later texts.",
);
const AGAIN: Field = may(
    "again",
    Holds::Said,
    "What is said when the answer does not do; otherwise the step's text, again.",
);
const SKIP: Field = may(
    "skip",
    Holds::Said,
    "A button for whoever would rather not say; conditions know its answer as `skip`.",
);

/// The kinds of steps.
pub(super) const STEPS: [Shape; 8] = [
    Shape {
        name: "text",
        means: "Says something.",
        fields: &[ID, TYPE, IF, TEXT, GO_TO],
    },
    Shape {
        name: "question",
        means: "Asks, with a button for each answer.",
        fields: &[
            ID,
            TYPE,
            IF,
            TEXT,
            must(
                "answers",
                Holds::List(&Holds::Object(&ANSWER)),
                "The buttons, in order; at most 50.",
            ),
            may(
                "required",
                Holds::Flag,
                "`true` (default): only a button will do, the composer is locked. `false`: typing will do, too.",
            ),
            may(
                "on_text",
                Holds::StepName,
                "The step a typed answer leads to; otherwise `go_to`, otherwise the step after this. Only with `required: false`.",
            ),
            SAVE_AS,
            GO_TO,
        ],
    },
    Shape {
        name: "email",
        means: "Asks for an e-mail address, until it is one.",
        fields: &[ID, TYPE, IF, TEXT, AGAIN, SKIP, SAVE_AS, GO_TO],
    },
    Shape {
        name: "phone",
        means: "Asks for a telephone number, until it is one.",
        fields: &[ID, TYPE, IF, TEXT, AGAIN, SKIP, SAVE_AS, GO_TO],
    },
    Shape {
        name: "line",
        means: "Asks for one line of text.",
        fields: &[ID, TYPE, IF, TEXT, AGAIN, SKIP, SAVE_AS, GO_TO],
    },
    Shape {
        name: "lines",
        means: "Asks for a text of any number of lines.",
        fields: &[ID, TYPE, IF, TEXT, AGAIN, SKIP, SAVE_AS, GO_TO],
    },
    Shape {
        name: "forward",
        means: "Looks for a person. When one is found, nothing after this takes place.",
        fields: &[
            ID,
            TYPE,
            IF,
            may("text", Holds::Said, "What is said when somebody was found."),
            may(
                "expertise",
                Holds::List(&Holds::Words),
                "What the person should know about.",
            ),
            may(
                "if_nobody",
                Holds::StepName,
                "The step to go on with when there is nobody; otherwise the one after this.",
            ),
        ],
    },
    Shape {
        name: "end",
        means: "Ends the script.",
        fields: &[
            ID,
            TYPE,
            IF,
            may("text", Holds::Said, "What is said before."),
        ],
    },
];

/// One answer of a question.
pub(super) const ANSWER: Shape = Shape {
    name: "answer",
    means: "One button.",
    fields: &[
        must(
            "id",
            Holds::Name,
            "The answer's name among those of its question, for conditions.",
        ),
        must("text", Holds::Said, "What stands on the button."),
        may(
            "go_to",
            Holds::StepName,
            "The step this answer leads to; otherwise the question's `go_to`, otherwise the step after it.",
        ),
        may(
            "link",
            Holds::Link,
            "A page the button opens besides being the answer: `https://…`, `http://…` or relative to the page.",
        ),
    ],
};

/// The kinds of conditions, each known by its first field.
pub(super) const CONDITIONS: [Shape; 5] = [
    Shape {
        name: "answer",
        means: "The latest answer to a step is one of these.",
        fields: &[
            must(
                "answer",
                Holds::StepName,
                "The step that asked: a question, or one with `skip`.",
            ),
            must(
                "is",
                Holds::List(&Holds::AnswerName),
                "The answers that will do.",
            ),
        ],
    },
    Shape {
        name: "page",
        means: "The visitor is on such a page.",
        fields: &[must(
            "page",
            Holds::Page,
            "A path (`/shop/*`) or whole address (`https://*.example.com/*`); `*` stands for anything.",
        )],
    },
    Shape {
        name: "language",
        means: "The visitor's language is one of these.",
        fields: &[must(
            "language",
            Holds::List(&Holds::Language),
            "BCP 47 tags; regions do not count.",
        )],
    },
    Shape {
        name: "hours",
        means: "The channel's business hours.",
        fields: &[must(
            "hours",
            Holds::OneOf(&["open", "closed"]),
            "`open` or `closed`.",
        )],
    },
    Shape {
        name: "available",
        means: "Whether somebody could take the conversation now.",
        fields: &[must("available", Holds::Flag, "`true` or `false`.")],
    },
];
