//! Facts about the look before sending.

use protocol::form::FieldFaultCode::*;
use protocol::form::{
    FieldFaultCode, FieldKind, FieldOption, FieldValue, Form, FormField, FormKind,
};

use super::check;

fn fault(kind: FieldKind, required: bool, text: &str) -> Option<FieldFaultCode> {
    let field = FormField {
        name: "x".to_owned(),
        kind,
        label: "X".to_owned(),
        required,
        longest: 20,
        options: (kind == FieldKind::Choice).then(|| {
            vec![FieldOption {
                value: "a".to_owned(),
                label: "A".to_owned(),
            }]
        }),
    };
    let form = Form {
        kind: FormKind::PreChat,
        fields: vec![field],
    };
    let value = FieldValue {
        name: "x".to_owned(),
        value: text.to_owned(),
    };
    let faults = check::faults(&form, &[value]);
    faults.first().map(|fault| fault.fault)
}

#[test]
fn only_what_is_required_may_not_be_empty() {
    assert_eq!(fault(FieldKind::Text, true, " \n"), Some(Required));
    for kind in [FieldKind::Text, FieldKind::Email, FieldKind::Choice] {
        assert_eq!(fault(kind, false, ""), None, "{kind:?}");
    }
}

#[test]
fn each_kind_has_its_own_shape() {
    for (kind, text, wanted) in [
        (FieldKind::Text, "Ana", None),
        (FieldKind::Text, "a\nb", Some(LineBreak)),
        (FieldKind::Lines, "a\nb", None),
        (FieldKind::Text, "123456789012345678901", Some(TooLong)),
        (FieldKind::Text, "👩‍💻👩‍💻👩‍💻", None),
        (FieldKind::Email, " a@example.com ", None),
        (FieldKind::Email, "用户@例子.中国", None),
        (FieldKind::Email, "a@localhost", Some(NotAnEmail)),
        (FieldKind::Email, "a b@example.com", Some(NotAnEmail)),
        (FieldKind::Phone, "+34 (600) 123-456", None),
        (FieldKind::Phone, "٠١٢٣٤٥٦", None),
        (FieldKind::Phone, "12345", Some(NotAPhone)),
        (FieldKind::Phone, "call 123456", Some(NotAPhone)),
        (FieldKind::Choice, "a", None),
        (FieldKind::Choice, "b", Some(NotAnOption)),
        (FieldKind::Unknown, "a\nb", None),
    ] {
        assert_eq!(fault(kind, true, text), wanted, "{kind:?} {text}");
    }
}
