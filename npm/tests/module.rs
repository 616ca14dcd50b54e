//! The module's functions in a real browser: values in, values out, errors that can be read.

#![cfg(target_arch = "wasm32")]

use eniac_wasm::{
    catalog, example, pack, place, place_json, plan, plan_json, predict, predict_json, presets,
    regions, schema, simulate, simulate_json,
};
use js_sys::{JSON, Reflect};
use wasm_bindgen::{JsCast, JsError, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn field(value: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(value.clone(), |value, name| {
        let name = name.parse::<u32>().map_or_else(|_| JsValue::from_str(name), JsValue::from);
        Reflect::get(&value, &name).expect("an object")
    })
}

fn message(error: JsError) -> String {
    JsValue::from(error).unchecked_into::<js_sys::Error>().message().into()
}

fn thrown_by(error: JsValue) -> String {
    error.unchecked_into::<js_sys::Error>().message().into()
}

fn plan_of(scenario: JsValue) -> JsValue {
    plan(scenario, &JsValue::UNDEFINED).expect("a report")
}

fn ok<T>(result: Result<T, JsError>) -> T {
    result.unwrap_or_else(|error| panic!("{}", message(error)))
}

#[wasm_bindgen_test]
fn the_example_is_planned_as_values() {
    let report = plan_of(ok(example()));
    let mix = field(&report, &["predicted", "fleet", "mix", "0"]);
    assert_eq!(field(&mix, &["instanceType"]).as_string().as_deref(), Some("t4g.small"));
    assert_eq!(field(&mix, &["count"]).as_f64(), Some(30.0));
    let compute = field(&report, &["predicted", "fleet", "cost", "computeNanoUsdPerHour"]).as_f64();
    assert_eq!(compute, Some(504_000_000.0));
}

#[wasm_bindgen_test]
fn values_and_text_say_the_same() {
    let text = JSON::stringify(&ok(example())).expect("text");
    let from_text = plan_json(&String::from(text), &JsValue::UNDEFINED).expect("a report");
    let from_value = JSON::stringify(&plan_of(ok(example()))).expect("text");
    assert_eq!(from_text, String::from(from_value));
}

#[wasm_bindgen_test]
fn what_cannot_be_read_is_thrown_with_its_reason() {
    for (text, says) in [("[1]", "not an object"), ("{", "not JSON"), ("{\"version\":9}", "9")] {
        let thrown = thrown_by(plan_json(text, &JsValue::UNDEFINED).expect_err("an error"));
        assert!(thrown.contains(says), "{thrown}");
    }
    let thrown = thrown_by(plan(JsValue::from_str("what"), &JsValue::NULL).expect_err("an error"));
    assert!(thrown.contains("not an object"), "{thrown}");
    let thrown = message(catalog("t3g.small", "us-east-1").expect_err("an error"));
    assert!(thrown.contains("did you mean t4g.small"), "{thrown}");
}

#[wasm_bindgen_test]
fn a_plan_takes_work_as_a_word_or_a_number() {
    let options = |work: JsValue| {
        let options = js_sys::Object::new();
        Reflect::set(&options, &"work".into(), &work).expect("an object");
        JsValue::from(options)
    };
    let quick = plan_json("{}", &JsValue::NULL).expect("a report");
    for work in [JsValue::from("quick"), JsValue::from(6e7), JsValue::NULL] {
        assert_eq!(plan_json("{}", &options(work)).expect("a report"), quick);
    }
    for (work, says) in [("slow", "work: slow"), ("-1", "work: -1")] {
        let thrown = thrown_by(plan_json("{}", &options(work.into())).expect_err("an error"));
        assert!(thrown.contains(says), "{thrown}");
    }
}

#[wasm_bindgen_test]
fn parts_of_an_outlook_are_told_as_values_and_as_text() {
    let options = |parts: &str| {
        let options = js_sys::Object::new();
        let parts = JSON::parse(parts).expect("values");
        Reflect::set(&options, &"parts".into(), &parts).expect("an object");
        JsValue::from(options)
    };
    let range = predict(ok(example()), &options(r#"["range"]"#)).expect("an outlook");
    assert_eq!(field(&range, &["range", "admittedTypes"]).as_f64(), Some(57.0));
    assert!(field(&range, &["predicted"]).is_null() && field(&range, &["advice"]).is_null());
    let text = String::from(JSON::stringify(&ok(example())).expect("text"));
    let told = predict_json(&text, &options(r#"["range"]"#)).expect("an outlook");
    assert_eq!(told, String::from(JSON::stringify(&range).expect("text")));
    let whole = predict_json(&text, &JsValue::UNDEFINED).expect("an outlook");
    assert!(told.len() < whole.len() && whole.contains("\"whatIfs\":["));
    for (parts, says) in [("[\"ranges\"]", "ranges stands here"), ("7", "a list of words")] {
        let thrown = thrown_by(predict_json("{}", &options(parts)).expect_err("an error"));
        assert!(thrown.contains(says), "{thrown}");
    }
}

#[wasm_bindgen_test]
fn a_cluster_over_time_is_told_as_values_and_as_text() {
    let story = field(&ok(presets()), &["0", "scenario"]).as_string().expect("JSON text");
    let scenario = || JSON::parse(&story).expect("values");
    let told = |value: &JsValue| String::from(JSON::stringify(value).expect("text"));
    let placed = place(scenario()).expect("a report");
    assert_eq!(place_json(&story).expect("a report"), told(&placed));
    let options = js_sys::Object::new();
    Reflect::set(&options, &"snapshotAt".into(), &3.into()).expect("an object");
    let timeline = simulate(scenario(), &options).expect("a timeline");
    assert_eq!(simulate_json(&story, &options).expect("a timeline"), told(&timeline));
    for (minute, says) in [(JsValue::from(1.5), "1.5 stands here"), ("3".into(), "a number of")] {
        Reflect::set(&options, &"snapshotAt".into(), &minute).expect("an object");
        let thrown = thrown_by(simulate_json("{}", &options).expect_err("an error"));
        assert!(thrown.contains(says), "{thrown}");
    }
}

#[wasm_bindgen_test]
fn the_catalogue_and_the_schema_are_plain_objects() {
    let entry = ok(catalog("t4g.small", "eu-west-1"));
    assert_eq!(field(&entry, &["offer", "onDemandNanoUsdPerHour"]).as_f64(), Some(18_400_000.0));
    assert!(js_sys::Array::from(&ok(regions())).length() >= 28);
    assert_eq!(field(&ok(schema()), &["title"]).as_string().as_deref(), Some("Scenario"));
}

#[wasm_bindgen_test]
fn a_problem_is_packed_as_text_and_as_values() {
    let text = r#"{"schema": 1, "types": [{"name": "own", "arch": "arm64", "cpu": 2048, "mem": 7577,
        "price_micro": 81600}], "services": [{"id": "web", "count": 8, "cpu": 512, "mem": 512,
        "arch": ["arm64"]}]}"#;
    let nothing = JsValue::UNDEFINED;
    let from_text = pack(&JsValue::from_str(text), None, &nothing).expect("a plan");
    assert_eq!(field(&from_text, &["cost_micro"]).as_f64(), Some(163_200.0));
    assert_eq!(field(&from_text, &["fleet", "0", "tasks", "web"]).as_f64(), Some(4.0));
    let values = JSON::parse(text).expect("values");
    let from_values = pack(&values, Some(1e6), &nothing).expect("a plan");
    let told = |plan: &JsValue| String::from(JSON::stringify(plan).expect("text"));
    assert_eq!(told(&from_values), told(&from_text));
    Reflect::set(&values, &"azs".into(), &f64::NAN.into()).expect("an object");
    let thrown = pack(&values, None, &nothing).expect_err("an error");
    let thrown = thrown_by(thrown);
    assert!(thrown.contains("azs: NaN"), "{thrown}");
}
