"""One value of an indicator with everything stated, for tests to spoil: the row that two values are judged by."""

PLAIN = {
    "indicator": "fd_sign_rate", "place_key": "110101", "place_level": "district", "within": "110000", "tier": "official", "report": "a#1",
    "kind": "level", "unit": "%", "status": "actual", "stage": "none", "stock_or_flow": "stock", "bound": "=", "year": 2023,
    "base": "resident", "definition": "fd_sign_rate.residents", "value": 40.0,
}  # fmt: skip
